"""What is asked of the process that makes instant pictures, out of what the studio's form says."""

from PIL import Image

from gallery.models import Picture
from gallery.pictures.uploads import Decoded
from gallery.queueing.instant import Given, Question
from gallery.studio import slots
from gallery.studio.submission import Submission
from transfer.engine.ladder import fit
from transfer.film.recipe import FilmRecipe
from transfer.inputs import Role
from transfer.instant.recipe import InstantRecipe
from transfer.pictures import encoded

SENT = 512  # px: what goes along of a picture that is not stored, such as another crop
TAKEN = (Role.CONTENT, Role.STYLE)


def question_of(submission: Submission) -> Question | None:
    """The question for the picture that is asked for, made at once; None where its kind of work has none."""
    asked = submission.recipe
    recipe = asked.instant if isinstance(asked, FilmRecipe) else InstantRecipe.like(asked)
    if recipe is None:
        return None
    numbered = slots.numbered(submission.pictures)
    given = [_given(role, place, picture) for role, place, picture in numbered if role in TAKEN]
    given += [
        Given(Role.MASK, place, data=_png(mask, Image.Resampling.NEAREST))
        for place, mask in enumerate(submission.painted)
    ]
    return Question(recipe.model_dump(mode="json"), tuple(given))


def _given(role: Role, place: int, picture: Decoded | Picture) -> Given:
    if isinstance(picture, Picture):
        return Given(role, place, file=str(picture.file))
    return Given(role, place, data=_png(picture.picture, Image.Resampling.BOX))


def _png(picture: Image.Image, by: Image.Resampling) -> bytes:
    return encoded(picture.resize(fit(picture.size, min(SENT, max(picture.size))), by), "PNG", compress_level=1)
