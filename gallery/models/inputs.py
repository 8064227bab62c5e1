"""What goes into a render: pictures and masks, each with a role and a place."""

from django.db import models
from django.db.models import Q

from gallery.models.files import FileReference, file_index
from gallery.models.pictures import Picture
from gallery.models.querysets import PartQuerySet
from transfer.inputs import Role


class RenderInput(models.Model):
    """A picture that a render is made of, or a mask, and what it is for.

    Places are as `transfer.inputs.Input` has them: styles count from 1, a mask has the place of what it belongs to (0
    for the content, 1 for the first style), all else has 0. `file` is a mask: a grey PNG of the size of its picture,
    whose values are labels.
    """

    render = models.ForeignKey("gallery.Render", models.CASCADE, related_name="inputs", db_index=False)
    role = models.CharField(max_length=12, choices=[(role.value, role.value) for role in Role])
    place = models.PositiveSmallIntegerField(default=0)
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="uses", null=True, blank=True, db_index=False)
    file = FileReference()

    objects = PartQuerySet["RenderInput"].as_manager()

    class Meta:
        ordering = ["role", "place"]
        indexes = [models.Index(fields=["picture", "role", "place"], name="uses_of_a_picture"), file_index("file")]
        constraints = [
            models.UniqueConstraint(fields=["render", "role", "place"], name="one_input_at_a_place"),
            models.CheckConstraint(
                condition=Q(picture__isnull=True, file__isnull=False) | Q(picture__isnull=False, file__isnull=True),
                name="a_picture_or_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.place} of {self.render_id}"
