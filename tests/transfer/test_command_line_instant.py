"""`python -m transfer instant`."""

import pytest
from PIL import Image

from transfer import metadata
from transfer.commands import asked, command_line
from transfer.instant.recipe import InstantRecipe
from transfer.pictures import open_picture

VALUES = {
    "image_size": "96",
    "quality": "draft",
    "strength": "0.8",
    "style_scale": "0.5",
    "regions": "automatic",
    "region_count": "3",
    "style_blend_weights": "1,0.5",
    "seed": "7",
    "iterations": "2",
}
SWITCHES = {"original_colors", "match_colors"}


def test_every_field_of_the_recipe_has_a_flag():
    assert set(VALUES) | SWITCHES == set(InstantRecipe.model_fields)
    words = [word for name, value in VALUES.items() for word in (f"--{name.replace('_', '-')}", value)]
    words += [f"--{name.replace('_', '-')}" for name in SWITCHES]
    parsed = command_line.parser().parse_args(["instant", "a.png", "b.png", "-o", "c.png", *words])
    assert asked.recipe_from(parsed) == InstantRecipe(**VALUES, **dict.fromkeys(SWITCHES, True))


def test_a_picture_is_written_and_carries_its_recipe(command, picture_files, tmp_path):
    status, _, said = command("instant", *picture_files, "-o", tmp_path / "out.png", "--image-size", "64")
    assert status == 0, said
    with Image.open(tmp_path / "out.png") as image:
        assert image.size == (64, 48)
        assert metadata.decode(image).recipe == InstantRecipe(image_size=64)


def test_masks_name_its_regions(command, picture_files, tmp_path):
    masks = []
    for number, path in enumerate(picture_files):
        mask = Image.new("L", open_picture(path).size, 0)
        mask.paste(1, (0, 0, mask.width // 2, mask.height))
        masks.append(tmp_path / f"mask{number}.png")
        mask.save(masks[-1])
    words = ("--content-mask", masks[0], "--style-mask", masks[1], "--image-size", "64")
    status, _, said = command("instant", *picture_files, "-o", tmp_path / "out.png", *words)
    assert status == 0, said
    with Image.open(tmp_path / "out.png") as image:
        assert metadata.decode(image).recipe.regions == "masks"


@pytest.mark.parametrize("flag", ["--content-mask", "--style-mask"])
def test_a_mask_alone_is_not_enough(command, picture_files, tmp_path, flag):
    mask = tmp_path / "mask.png"
    Image.new("L", open_picture(picture_files[0]).size, 0).save(mask)
    status, _, said = command("instant", *picture_files, "-o", tmp_path / "out.png", flag, mask)
    assert status == 1
    assert said == "error: The recipe has regions by masks: give a content mask and one mask for each style.\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--strength", "2"], "--strength: 2 is too large: the most is 1"),
        (["--image-size", "20"], "--image-size: 20 is too small: the least is 64"),
        (["--image-size", "20000"], "--image-size: 20000 is too large: the most is 16384"),
        (["--iterations", "-1"], "--iterations: -1 is too small: the least is 0"),
        (
            ["--weights", "nothing.safetensors"],
            "The weights of the instant decoders are not at nothing.safetensors: give a file that "
            "`python -m transfer distill-instant` has written.",
        ),
        (["--style-blend-weights", "1,2"], "There are 2 style_blend_weights for 1 styles: give one for each."),
        (["--style-blend-weights", "-1"], "--style-blend-weights: Weights must be from 0 to 1000."),
        (["--quality", "best"], "--quality: there is no best: choose 'instant', 'quick' or 'draft'"),
        (["--regions", "masks"], "The recipe has regions by masks: give a content mask and one mask for each style."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(command, picture_files, tmp_path, words, complaint):
    status, _, said = command("instant", *picture_files, "-o", tmp_path / "out.png", *words)
    assert status == 1
    assert said.strip().splitlines()[-1] == f"error: {complaint}"
    assert not (tmp_path / "out.png").exists()
