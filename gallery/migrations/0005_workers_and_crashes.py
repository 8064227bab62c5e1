from django.db import migrations


class Migration(migrations.Migration):
    """One word for a thing: a worker, a crash."""

    dependencies = [
        ('gallery', '0004_the_gallery'),
    ]

    operations = [
        migrations.RenameModel('Machine', 'Worker'),
        migrations.RenameField('render', 'deaths', 'crashes'),
    ]
