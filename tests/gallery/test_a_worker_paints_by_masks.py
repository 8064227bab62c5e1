"""A render with painted regions goes through the queue, and looks different from one without."""

from collections.abc import Callable

from django.http import HttpResponse

from gallery.models import Render, Status
from gallery.processes.parts import Part
from tests.gallery.masks import mask_file


def test_it_completes_and_differs(
    worker: Part, post_pair: Callable[..., HttpResponse], wait_for: Callable[..., Render]
) -> None:
    masks = {"content_mask": mask_file((96, 72), 1, 2), "style_mask_1": mask_file((80, 80), 2, 1)}
    ends = (Status.COMPLETED, Status.FAILED)

    without, painted = (
        wait_for(post_pair(**fields).headers["Location"].split("/")[2], *ends) for fields in ({}, masks)
    )

    assert painted.status == Status.COMPLETED, painted.error
    assert painted.recipe.regions == "masks"
    assert painted.output_sha256 != without.output_sha256
