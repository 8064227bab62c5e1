from django.db import migrations, models


class Migration(migrations.Migration):
    """Previews in the studio are renders that pass, and what made room for one keeps its turn."""

    dependencies = [
        ('gallery', '0015_rivers_of_pictures'),
    ]

    operations = [
        migrations.AddField(
            model_name='render',
            name='yielded',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='render',
            name='wanted_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='render',
            name='tab',
            field=models.CharField(blank=True, editable=False, max_length=32),
        ),
        migrations.AddIndex(
            model_name='render',
            index=models.Index(condition=models.Q(('wanted_until__isnull', False)), fields=['wanted_until'], name='render_passing'),
        ),
    ]
