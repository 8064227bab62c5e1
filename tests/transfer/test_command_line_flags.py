import pytest

from transfer import __version__
from transfer.commands import asked, command_line
from transfer.errors import TransferError
from transfer.recipes.style import StyleRecipe

WORDS = ["stylize", "a.png", "b.png", "-o", "c.png"]
VALUES = {
    "image_size": "96",
    "strength": "0.8",
    "style_scale": "0.5",
    "regions": "automatic",
    "region_count": "3",
    "content_weight": "2",
    "style_weight": "3",
    "texture_weight": "0.5",
    "tv_weight": "0",
    "style_blend_weights": "1,0.5",
    "backbone": "vgg19",
    "style_loss": "gram",
    "pooling": "max",
    "content_layers": "relu3_1",
    "style_layers": "relu1_1,relu2_1",
    "content_layer_weights": "2",
    "style_layer_weights": "1,0,3",
    "wrap": "x",
    "init": "noise",
    "seed": "7",
    "num_iterations": "5",
    "early_stopping": "0.01",
    "optimizer": "lbfgs",
    "lbfgs_num_correction": "20",
    "learning_rate": "0.1",
    "print_iter": "50",
    "save_iter": "100",
}
SWITCHES = {"original_colors", "match_colors", "normalize_gradients", "height_map"}
ALONGSIDE = {"pooling": {"backbone": "vgg19"}}  # settings that a value needs to be valid


def recipe(*words):
    return asked.recipe_from(command_line.parser().parse_args([*WORDS, *words]))


def test_without_flags_the_recipe_is_the_default():
    assert recipe() == StyleRecipe()


def test_every_field_of_the_recipe_is_tried_here():
    assert set(VALUES) | SWITCHES == set(StyleRecipe.model_fields)


@pytest.mark.parametrize("name", VALUES)
def test_every_field_has_a_flag_with_dashes_or_with_underscores(name):
    alongside = ALONGSIDE.get(name, {})
    expected = StyleRecipe(**alongside, **{name: VALUES[name]})
    assert expected != StyleRecipe(**alongside)
    words = [word for field, value in alongside.items() for word in (f"--{field}", value)]
    assert recipe(*words, f"--{name}", VALUES[name]) == expected
    assert recipe(*words, "--" + name.replace("_", "-"), VALUES[name]) == expected


@pytest.mark.parametrize("name", sorted(SWITCHES))
def test_a_switch_can_be_said_and_denied(name):
    dashed = name.replace("_", "-")
    assert getattr(recipe(f"--{dashed}"), name)
    assert not getattr(recipe(f"--no-{dashed}"), name)


@pytest.mark.parametrize("name", StyleRecipe.model_fields)
def test_the_help_describes_every_field_in_the_recipes_own_words(name, capsys):
    with pytest.raises(SystemExit) as left:
        command_line.parser().parse_args(["stylize", "--help"])
    assert left.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"--{name.replace('_', '-')}" in told
    assert " ".join(StyleRecipe.model_fields[name].description.split()) in told.replace("- ", "-")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--image-size", "9"], r"--image-size: 9 is too small: the least is 64"),
        (["--image-size", "big"], r"--image-size: big is not a whole number"),
        (["--style-loss", "cosine"], r"--style-loss: there is no cosine: choose 'w2' or 'gram'"),
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
        command_line.parser().parse_args(["--version"])
    assert left.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said", "help_of"),
    [
        ([], "COMMAND is missing.", ""),
        (["paint"], "KIND is missing.", " paint"),
        (["stylize"], "CONTENT, STYLE, -o are missing.", " stylize"),
        (["stylize", "a.png", "b.png"], "-o is missing.", " stylize"),
        (["stylise", "a.png"], "There is no COMMAND stylise: did you mean stylize?", ""),
        (["synthesize", "wrld"], "There is no GENERATOR wrld: did you mean world?", " synthesize"),
        (["weights", "fetch", "x"], "There is no backbone x: choose vgg16, vgg19, googlenet.", " weights fetch"),
        ([*WORDS, "--image-sise", "64"], "--image-sise 64 is not understood: did you mean --image-size?", " stylize"),
        ([*WORDS, "--qqqq"], "--qqqq is not understood.", " stylize"),
    ],
)
def test_words_that_are_no_command_are_answered_by_a_sentence(words, said, help_of, capsys):
    with pytest.raises(SystemExit) as left:
        command_line.parser().parse_args(words)

    assert left.value.code == 2
    assert capsys.readouterr().err == f"error: {said}\nFor help, type: python -m transfer{help_of} --help\n"


def test_help_begins_with_what_must_be_there(capsys):
    with pytest.raises(SystemExit):
        command_line.parser().parse_args(["stylize", "--help"])
    told = capsys.readouterr().out
    assert told.startswith("usage: python -m transfer stylize -o OUT CONTENT STYLE [STYLE ...]\n\nPaints CONTENT")
    assert "--original-colors, --no-original-colors\n" in told
