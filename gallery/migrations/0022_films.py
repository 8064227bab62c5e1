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
    ]
