from django.core.files.storage import default_storage
from django.db import migrations, models

COLUMNS = (
    ('Picture', 'file', False),
    ('Picture', 'thumbnail', True),
    ('Render', 'output', True),
    ('Render', 'last_picture', True),
    ('Render', 'thumbnail', True),
    ('Frame', 'file', False),
    ('RenderInput', 'file', True),
)
BATCH = 2000


def note_files(apps, schema_editor):
    """Each file that some row names gets a row of its own, with the size that the storage says it has."""
    StoredFile = apps.get_model('gallery', 'StoredFile')
    for model, column, _ in COLUMNS:
        rows = apps.get_model('gallery', model).objects
        rows.filter(**{column: ''}).update(**{column: None})
        names = rows.exclude(**{column: None}).values_list(column, flat=True).distinct().order_by()
        batch = []
        for name in names.iterator(BATCH):
            batch.append(StoredFile(name=name, size=size_of(name)))
            if len(batch) == BATCH:
                StoredFile.objects.bulk_create(batch, ignore_conflicts=True)
                batch = []
        StoredFile.objects.bulk_create(batch, ignore_conflicts=True)


def size_of(name):
    try:
        return default_storage.size(name)
    except (OSError, NotImplementedError):
        return None


def nullable(model, column, may_be_empty):
    return migrations.AlterField(model, column, models.CharField(max_length=120, null=True, blank=may_be_empty))


class Migration(migrations.Migration):
    """Stored files have rows; columns that name none are null."""

    dependencies = [
        ('gallery', '0008_needs_of_renders'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(null=True)),
                ('created', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint('renderinput', 'a_picture_or_a_file'),
        *(nullable(model.lower(), column, empty) for model, column, empty in COLUMNS),
        migrations.RunPython(note_files, migrations.RunPython.noop),
    ]
