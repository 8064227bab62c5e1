from django.db import migrations, models


def note_networks(apps, schema_editor):
    """What may still be painted needs the weights of its network; how much memory it needs nobody reckoned then."""
    renders = apps.get_model('gallery', 'Render').objects
    unfinished = renders.exclude(status='completed').filter(backbone__in=('vgg19-lite', 'vgg19'))
    unfinished.update(needs_network=models.F('backbone'))


class Migration(migrations.Migration):
    """What a render needs of a worker, and which networks a worker has."""

    dependencies = [
        ('gallery', '0007_leases'),
    ]

    operations = [
        migrations.AddField('render', 'needs_memory', models.BigIntegerField(default=0, editable=False)),
        migrations.AddField('render', 'needs_memory_in_float32', models.BigIntegerField(default=0, editable=False)),
        migrations.AddField('render', 'needs_network', models.CharField(blank=True, default='', editable=False, max_length=40), preserve_default=False),
        migrations.AddField('render', 'needs_device', models.CharField(blank=True, default='', editable=False, max_length=40), preserve_default=False),
        migrations.AddField('worker', 'networks', models.JSONField(default=None, null=True)),
        migrations.RunPython(note_networks, migrations.RunPython.noop),
    ]
