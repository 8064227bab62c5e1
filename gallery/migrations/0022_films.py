import django.db.models.deletion
from django.db import migrations, models

FILM = {
    "blank": True,
    "db_column": "film",
    "db_index": False,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "gallery.storedfile",
}


class Migration(migrations.Migration):
    """What is painted, and what is uploaded, may be a film."""

    dependencies = [("gallery", "0021_pictures_that_pass")]

    operations = [
        migrations.AddField("render", "is_long", models.BooleanField(default=False, editable=False)),
        *(
            operation
            for name in ("picture", "render")
            for operation in (
                migrations.AddField(name, "film", models.ForeignKey(**FILM)),
                migrations.AddField(name, "film_frames", models.PositiveIntegerField(default=0, editable=False)),
                migrations.AddField(name, "film_seconds", models.FloatField(default=0, editable=False)),
                migrations.AddIndex(
                    name,
                    models.Index(condition=models.Q(("film__isnull", False)), fields=["film"], name=f"{name}_film"),
                ),
            )
        ),
        migrations.CreateModel(
            "Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("shot_first", models.PositiveIntegerField()),
                ("shot_last", models.PositiveIntegerField()),
                ("holder", models.CharField(blank=True, max_length=32)),
                ("until", models.DateTimeField(null=True)),
                ("file", models.ForeignKey(**{**FILM, "db_column": "file"})),
                (
                    "render",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="segments", to="gallery.render"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(condition=models.Q(("file__isnull", False)), fields=["file"], name="segment_file")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("render", "number"), name="one_segment_of_a_number")
                ],
            },
        ),
    ]
