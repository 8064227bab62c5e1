from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

FILTERED_BY = ["image_size", "backbone", "kind_name", "owner", "visitor", "pair", "words"]
ORDERS = {
    "newest": ["-created", "-id", "likes", "area"],
    "liked": ["-likes", "-created", "-id", "area"],
    "largest": ["-area", "-created", "-id", "likes"],
}


class Migration(migrations.Migration):
    """The gallery is filtered by the kind of work. A recipe that names none is the first version of a style transfer."""

    dependencies = [("gallery", "0022_films")]

    operations = [
        migrations.AddField(
            "render",
            "kind_name",
            models.GeneratedField(
                db_persist=True,
                expression=Cast(Coalesce(KT("recipe_json__kind"), Value("style")), models.CharField(max_length=40)),
                output_field=models.CharField(max_length=40),
            ),
        ),
        *(migrations.RemoveIndex("render", f"gallery_{name}") for name in ORDERS),
        *(
            migrations.AddIndex(
                "render",
                models.Index(
                    fields=["in_gallery", *order, *FILTERED_BY], name=f"gallery_{name}", condition=Q(in_gallery=1)
                ),
            )
            for name, order in ORDERS.items()
        ),
    ]
