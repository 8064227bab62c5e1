import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

COLUMNS = (
    ('picture', 'file', False),
    ('picture', 'thumbnail', True),
    ('render', 'output', True),
    ('render', 'last_picture', True),
    ('render', 'thumbnail', True),
    ('frame', 'file', False),
    ('renderinput', 'file', True),
)


def reference(model, column, may_be_empty):
    return migrations.AlterField(
        model,
        column,
        models.ForeignKey(
            blank=may_be_empty, db_column=column, db_index=False, null=may_be_empty,
            on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gallery.storedfile',
        ),
    )


def index(model, column):
    condition = Q((f'{column}__isnull', False))
    return migrations.AddIndex(model, models.Index(condition=condition, fields=[column], name=f'{model}_{column}'))


class Migration(migrations.Migration):
    """What needs a file refers to the file's row, in the same column, by the same name."""

    dependencies = [
        ('gallery', '0012_tags_in_one_form'),
    ]

    operations = [
        *(reference(*each) for each in COLUMNS),
        *(index(model, column) for model, column, _ in COLUMNS),
        migrations.AddConstraint(
            'renderinput',
            models.CheckConstraint(
                condition=Q(('file__isnull', False), ('picture__isnull', True))
                | Q(('file__isnull', True), ('picture__isnull', False)),
                name='a_picture_or_a_file',
            ),
        ),
    ]
