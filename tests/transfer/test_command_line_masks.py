import pytest
from PIL import Image

from transfer.inputs import Role
from transfer.metadata import decode
from transfer.recipes.style import StyleRecipe

CONTENT, STYLE = (96, 72), (80, 80)
QUICK = ("--image-size", 64, "--num-iterations", 1)


def mask(size, *labels):
    """Horizontal stripes, one for each label."""
    image = Image.new("L", size)
    for row, label in enumerate(labels):
        image.paste(label, (0, row * size[1] // len(labels), *size))
    return image


@pytest.fixture
def files(tmp_path):
    """Writes masks and returns the arguments that name them."""

    def words(content_mask, *style_masks):
        content_mask.save(tmp_path / "content_mask.png")
        found = ["--content-mask", tmp_path / "content_mask.png"]
        for number, style_mask in enumerate(style_masks):
            style_mask.save(tmp_path / f"style_mask_{number}.png")
            found += ["--style-mask", tmp_path / f"style_mask_{number}.png"]
        return found

    return words


UNFIT = {
    "another size": (mask((95, 72), 1), mask(STYLE, 1)),
    "nine labels": (mask(CONTENT, *range(9)), mask(STYLE, *range(8))),
    "a label that no style has": (mask(CONTENT, 1, 2), mask(STYLE, 1)),
    "a label that the content does not have": (mask(CONTENT, 1), mask(STYLE, 1, 4)),
    "full colour": (mask(CONTENT, 1).convert("RGB"), mask(STYLE, 1)),
    "a style without one": (mask(CONTENT, 1),),
    "more masks than styles": (mask(CONTENT, 1), mask(STYLE, 1), mask(STYLE, 1)),
}


@pytest.mark.parametrize("masks", UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_is_answered_with_one_line(command, picture_files, files, tmp_path, masks):
    found = command("stylize", *picture_files, *files(*masks), "-o", tmp_path / "out.png", *QUICK)
    status, out, err = found
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("error: ")
    assert not (tmp_path / "out.png").exists()


def test_regions_by_masks_without_any_are_answered_with_one_line(command, picture_files, tmp_path):
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", "--regions", "masks", *QUICK)
    assert (status, err.count("\n")) == (1, 1)
    assert err.startswith("error: ")


def test_masks_are_used_where_they_are_given_and_named_in_the_file(command, picture_files, files, tmp_path):
    masks = files(mask(CONTENT, 1, 2), mask(STYLE, 2, 1))
    status, _, err = command("stylize", *picture_files, *masks, "-o", tmp_path / "out.png", *QUICK)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        provenance = decode(image)
    assert provenance.recipe == StyleRecipe(image_size=64, num_iterations=1, regions="masks")
    masks = provenance.of(Role.MASK)
    assert [(mask.place, mask.name) for mask in masks] == [(0, "content_mask.png"), (1, "style_mask_0.png")]


def test_masks_may_be_given_and_not_used(command, picture_files, files, tmp_path):
    masks = files(mask(CONTENT, 1, 2), mask(STYLE, 3))
    words = (*masks, "--regions", "none", *QUICK)
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *words)
    assert status == 0, err
    with Image.open(tmp_path / "out.png") as image:
        assert decode(image).recipe.regions == "none"
