from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0017_credits_order_and_removals'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='crop',
            field=models.CharField(blank=True, default='', editable=False, max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='picture',
            name='origin_sha256',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
            preserve_default=False,
        ),
    ]
