from django.db import migrations, models


class Migration(migrations.Migration):
    """What only previews in the studio use passes as they do."""

    dependencies = [
        ('gallery', '0020_words_in_every_script'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='wanted_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='picture',
            index=models.Index(condition=models.Q(('wanted_until__isnull', False)), fields=['wanted_until'], name='picture_passing'),
        ),
    ]
