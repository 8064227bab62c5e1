import pytest

from transfer import __version__, cli
from transfer.errors import TransferError
from transfer.recipe import Recipe

WORDS = ["stylize", "a.png", "b.png", "-o", "c.png"]
VALUES = {
    "image_size": "96",
    "style_scale": "0.5",
    "content_weight": "2",
    "style_weight": "3",
    "tv_weight": "0",
    "backbone": "vgg19",
    "style_loss": "gram",
    "content_layers": "relu3_1",
    "style_layers": "relu1_1,relu2_1",
    "init": "noise",
    "seed": "7",
    "num_iterations": "5",
    "learning_rate": "0.1",
}


def recipe(*words):
    return cli.recipe_from(cli.parser().parse_args([*WORDS, *words]))


def test_without_flags_the_recipe_is_the_default():
    assert recipe() == Recipe()


def test_every_field_of_the_recipe_is_tried_here():
    assert set(VALUES) | {"original_colors"} == set(Recipe.model_fields)


@pytest.mark.parametrize("name", VALUES)
def test_every_field_has_a_flag_with_dashes_or_with_underscores(name):
    expected = Recipe(**{name: VALUES[name]})
    assert expected != Recipe()
    assert recipe(f"--{name}", VALUES[name]) == expected
    assert recipe("--" + name.replace("_", "-"), VALUES[name]) == expected


def test_original_colours_can_be_said_and_denied():
    assert recipe("--original-colors").original_colors
    assert not recipe("--no-original-colors").original_colors


@pytest.mark.parametrize("name", Recipe.model_fields)
def test_the_help_describes_every_field_in_the_recipes_own_words(name, capsys):
    with pytest.raises(SystemExit) as left:
        cli.parser().parse_args(["stylize", "--help"])
    assert left.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"--{name.replace('_', '-')}" in told
    assert " ".join(Recipe.model_fields[name].description.split()) in told.replace("- ", "-")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--image-size", "9"], r"--image-size: input should be greater than or equal to 64"),
        (["--image-size", "big"], r"--image-size: input should be a valid integer"),
        (["--style-loss", "cosine"], r"--style-loss: input should be 'w2' or 'gram'"),
        (["--style-layers", "relu9_9"], r"--style-layers: vgg19-lite has no layer relu9_9"),
        (["--seed", "-1"], r"--seed: "),
        (["--learning-rate", "nan"], r"--learning-rate: "),
        (["--seed", "x", "--tv-weight", "-2"], r"--tv-weight: .*; --seed: "),
    ],
)
def test_a_bad_value_names_its_flag_and_what_is_wrong(words, complaint):
    with pytest.raises(TransferError, match=complaint):
        recipe(*words)


def test_the_version_can_be_asked_for(capsys):
    with pytest.raises(SystemExit) as left:
        cli.parser().parse_args(["--version"])
    assert left.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["paint"], ["stylize"], ["stylize", "a.png", "b.png"], [*WORDS, "--colour", "red"]]
)
def test_words_that_are_no_command_show_how_it_is_used(words, capsys):
    with pytest.raises(SystemExit) as left:
        cli.parser().parse_args(words)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err
