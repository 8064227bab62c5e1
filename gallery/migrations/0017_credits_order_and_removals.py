import time
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GENERATED = ('Stylesite', '', 'CC0 1.0')
OF_LAYERS = {
    'satellite': ('NASA Earth Observatory', 'Blue Marble Next Generation', 'Public domain'),
    'terrain': ('NOAA', 'ETOPO1, Amante and Eakins, 2009, DOI 10.7289/V5C8276M', 'Public domain'),
    'relief': ('Natural Earth', 'Shaded relief', 'Public domain'),
}


def credit_what_was_made_here(apps, schema_editor):
    """Pictures that were made here are known to be nobody else's, or crops of what was published."""
    pictures = apps.get_model('gallery', 'Picture').objects.using(schema_editor.connection.alias)
    for picture in pictures.exclude(made_by=None).only('made_by').iterator(chunk_size=500):
        recipe = picture.made_by if isinstance(picture.made_by, dict) else {}
        found = OF_LAYERS.get(recipe.get('layer', 'satellite')) if recipe.get('kind') == 'earth' else None
        picture.author, picture.source, picture.licence = found or GENERATED
        picture.save(update_fields=['author', 'source', 'licence'])


def place_entries_as_they_were_added(apps, schema_editor):
    """The last added went first."""
    entries = apps.get_model('gallery', 'CollectionEntry').objects.using(schema_editor.connection.alias)
    for entry in entries.only('added').iterator(chunk_size=500):
        entry.place = entry.added.timestamp()
        entry.save(update_fields=['place'])


class Migration(migrations.Migration):
    """Whose pictures are, the order of collections, and what people may still undo."""

    dependencies = [
        ('gallery', '0016_previews_in_the_studio'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField('picture', 'author', models.CharField(blank=True, default='', max_length=120), preserve_default=False),
        migrations.AddField('picture', 'source', models.CharField(blank=True, default='', max_length=300), preserve_default=False),
        migrations.AddField('picture', 'licence', models.CharField(blank=True, default='', max_length=60), preserve_default=False),
        migrations.AddField('collection', 'featured', models.BooleanField(default=False, help_text='Shown on the first page.')),
        migrations.AddField(
            'collection', 'place',
            models.PositiveSmallIntegerField(default=0, help_text='On the first page, the lowest goes first.'),
        ),
        migrations.AddField('collectionentry', 'place', models.FloatField(default=time.time, editable=False)),
        migrations.AlterModelOptions('collectionentry', {'ordering': ['-place', '-id']}),
        migrations.CreateModel(
            'Removal',
            [
                ('visitor', models.CharField(blank=True, db_index=True, editable=False, max_length=32)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('renders', models.JSONField(default=list)),
                ('pictures', models.JSONField(default=list)),
                ('due', models.DateTimeField(db_index=True)),
                ('begun', models.BooleanField(default=False)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={'abstract': False},
        ),
        migrations.AddIndex('picture', models.Index(fields=['author'], name='picture_author')),
        migrations.AddIndex('picture', models.Index(fields=['licence'], name='picture_licence')),
        migrations.RunPython(credit_what_was_made_here, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(place_entries_as_they_were_added, migrations.RunPython.noop, elidable=True),
    ]
