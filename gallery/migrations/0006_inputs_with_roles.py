import django.db.models.deletion
from django.db import migrations, models

INTO_INPUTS = 'INSERT INTO gallery_renderinput (render_id, role, place, picture_id, file) '
OF_PAIRS = 'FROM gallery_render r JOIN gallery_pair p ON p.id = r.pair_id'
NUMBER = 'ROW_NUMBER() OVER (PARTITION BY render_id ORDER BY place)'


class Migration(migrations.Migration):
    """One table for all that goes into a render, and renders that are of no pair."""

    dependencies = [
        ('gallery', '0005_workers_and_crashes'),
    ]

    operations = [
        migrations.CreateModel(
            name='RenderInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('content', 'content'), ('style', 'style'), ('guide', 'guide'), ('mask', 'mask'), ('start', 'start'), ('frame', 'frame')], max_length=12)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('file', models.FileField(blank=True, max_length=120, upload_to='')),
                ('picture', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='gallery.picture')),
                ('render', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='gallery.render')),
            ],
            options={
                'ordering': ['role', 'place'],
            },
        ),
        # What else is in the tables stays as it is, so that both ways take seconds for 100,000 renders.
        migrations.RunSQL(
            [
                INTO_INPUTS + f"SELECT r.id, 'content', 0, p.content_id, '' {OF_PAIRS}",
                INTO_INPUTS + f"SELECT r.id, 'style', 1, p.style_id, '' {OF_PAIRS}",
                INTO_INPUTS + f"SELECT render_id, 'style', 1 + {NUMBER}, picture_id, '' FROM gallery_furtherstyle",
                INTO_INPUTS + "SELECT render_id, 'mask', place, NULL, file FROM gallery_mask",
            ],
            [
                'INSERT INTO gallery_furtherstyle (render_id, place, picture_id) '
                "SELECT render_id, place, picture_id FROM gallery_renderinput WHERE role = 'style' AND place > 1",
                'INSERT INTO gallery_mask (render_id, place, file) '
                "SELECT render_id, place, file FROM gallery_renderinput WHERE role = 'mask'",
            ],
        ),
        migrations.AddIndex(
            model_name='renderinput',
            index=models.Index(fields=['picture', 'role', 'place'], name='uses_of_a_picture'),
        ),
        migrations.AddConstraint(
            model_name='renderinput',
            constraint=models.UniqueConstraint(fields=('render', 'role', 'place'), name='one_input_at_a_place'),
        ),
        migrations.AddConstraint(
            model_name='renderinput',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('picture__isnull', True), models.Q(('file', ''), _negated=True)), models.Q(('file', ''), ('picture__isnull', False)), _connector='OR'), name='a_picture_or_a_file'),
        ),
        migrations.DeleteModel(
            name='FurtherStyle',
        ),
        migrations.DeleteModel(
            name='Mask',
        ),
        migrations.AlterField(
            model_name='render',
            name='pair',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='renders', to='gallery.pair'),
        ),
    ]
