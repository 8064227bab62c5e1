import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

FILTERED_BY = ['image_size', 'backbone', 'owner', 'visitor', 'pair', 'words']
ORDERS = {
    'newest': ['-created', '-id', 'likes', 'area'],
    'liked': ['-likes', '-created', '-id', 'area'],
    'largest': ['-area', '-created', '-id', 'likes'],
}


def keep_leases(apps, schema_editor):
    """Renders that are in progress during the update keep their leases."""
    renders, leases = (apps.get_model('gallery', name).objects for name in ('Render', 'Lease'))
    held = renders.filter(status='in_progress', lease_until__isnull=False)
    held = held.annotate(counted=Coalesce(F('last_painted'), Now()))
    leases.bulk_create(
        leases.model(render_id=pk, until=until, counted=counted)
        for pk, until, counted in held.values_list('pk', 'lease_until', 'counted')
    )


class Migration(migrations.Migration):
    """A heartbeat rewrites a short row of its own, and the gallery's indexes hold only what is in the gallery."""

    dependencies = [
        ('gallery', '0006_inputs_with_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('render', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='lease', serialize=False, to='gallery.render')),
                ('until', models.DateTimeField()),
                ('painted_seconds', models.FloatField(default=0)),
                ('counted', models.DateTimeField()),
            ],
        ),
        migrations.RunPython(keep_leases, migrations.RunPython.noop),
        migrations.RemoveField(model_name='render', name='lease_until'),
        migrations.AlterField(model_name='worker', name='seen', field=models.DateTimeField()),
        *(migrations.RemoveIndex(model_name='render', name=f'gallery_{name}') for name in ORDERS),
        *(
            migrations.AddIndex(
                model_name='render',
                index=models.Index(fields=['in_gallery', *order, *FILTERED_BY], name=f'gallery_{name}', condition=Q(in_gallery=1)),
            )
            for name, order in ORDERS.items()
        ),
    ]
