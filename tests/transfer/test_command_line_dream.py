"""The command `dream`: from a picture to a file that carries its recipe, or one sentence about what is wrong."""

import pytest
from PIL import Image

from transfer.commands import asked, command_line
from transfer.dream.recipe import DreamRecipe
from transfer.errors import TransferError
from transfer.inputs import Role
from transfer.metadata import decode
from transfer.zoom.recipe import ZoomRecipe

VALUES = {
    "image_size": "96",
    "backbone": "vgg19",
    "dream_layers": "relu2_1,relu1_1",
    "channels": "3,17",
    "octave_iter": "4",
    "step_size": "0.5",
    "first_octave": "64",
    "octave_scale": "2",
    "lap_scale": "3",
    "natural_colors": "0.1",
    "jitter": "5",
    "seed": "7",
    "print_iter": "50",
    "save_iter": "100",
}


ZOOM_VALUES = {"frames": "30", "zoom": "1.1", "rate": "12", "turn": "2", "pan_x": "0.1", "pan_y": "0.2"}


@pytest.mark.parametrize(
    ("command", "recipe", "values", "switches"),
    [("dream", DreamRecipe, VALUES, []), ("dream-film", ZoomRecipe, VALUES | ZOOM_VALUES, ["closes"])],
)
def test_every_field_of_the_recipe_is_a_flag(command, recipe, values, switches):
    assert {*values, *switches} == set(recipe.model_fields)
    words = [word for name, value in values.items() for word in (f"--{name.replace('_', '-')}", value)]
    words += [f"--{name}" for name in switches]
    found = asked.recipe_from(command_line.parser().parse_args([command, "a.png", "-o", "b.png", *words]))

    assert found == recipe(**values, **dict.fromkeys(switches, True))
    assert all(getattr(found, name) != field.default for name, field in recipe.model_fields.items())


def test_a_dream_carries_its_recipe_and_its_inputs(command, picture_files, tmp_path):
    output = tmp_path / "dream.png"
    content, guide = picture_files
    words = ("--guide", guide, "--image-size", 64, "--octave-iter", 2, "--seed", 5)
    status, _, said = command("dream", content, "-o", output, *words)

    assert status == 0, said
    with Image.open(output) as image:
        assert image.size == (64, 48)
        made = decode(image)
    assert made.recipe == DreamRecipe(image_size=64, octave_iter=2, seed=5)
    assert [(each.role, each.name) for each in made.inputs] == [
        (Role.CONTENT, content.name),
        (Role.GUIDE, guide.name),
    ]
    assert "a dream of content.png" in made.text()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["style.png"], "A dream takes one picture and no style: give style.png as --guide."),
        (["--dream-layers", "relu5_3"], "--dream-layers: vgg16-lite has no layer relu5_3; it has relu1_1, relu2_1, "),
        (["--channels", "512"], "--channels: relu4_2 has no channel 512; its channels are 0 to 511."),
        (
            ["--dream-layers", "relu1_1,relu3_1", "--channels", "99"],
            "--channels: relu1_1 has no channel 99; its channels",
        ),
        (["--channels", "-1"], "--channels: relu4_2 has no channel -1; its channels are 0 to 511."),
        (["--image-size", "32"], "--image-size: 32 is too small: the least is 64"),
        (["--octave-scale", "3"], "--octave-scale: there is no 3: choose '1.26', '1.41' or '2'"),
        (["--backbone", "vgg19"], "The weights of vgg19 are not at "),
        (["--memory", "300MiB"], "512 px needs "),
    ],
)
def test_what_cannot_be_dreamt_is_said_in_one_sentence(command, picture_files, tmp_path, monkeypatch, words, complaint):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(tmp_path / "nowhere.pth"))
    status, _, said = command("dream", picture_files[0], *words, "-o", tmp_path / "out.png")

    assert status == 1
    assert said.splitlines()[-1].startswith(f"error: {complaint}")
    assert not (tmp_path / "out.png").exists()


def test_a_channel_is_judged_by_the_layers_that_are_named():
    assert DreamRecipe(dream_layers="relu2_1", channels="127").channels == (127,)
    with pytest.raises(ValueError, match="relu2_1 has no channel 128"):
        DreamRecipe(dream_layers="relu2_1", channels="128")
    with pytest.raises(TransferError, match="--channels: blue is not a whole number"):
        asked.recipe_from(command_line.parser().parse_args(["dream", "a.png", "-o", "b.png", "--channels", "blue"]))
