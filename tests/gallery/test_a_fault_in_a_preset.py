"""A preset file with something wrong in it gives one sentence that names the file, the table and the field."""

from pathlib import Path

import pytest

from gallery.studio import presets, starters
from gallery.studio.recipe_files import FileFault
from tests.gallery.starting import PRESETS, STARTERS

GOOD = PRESETS["clouds-in-clouds"]


def said_of(folder: Path, text: str) -> str:
    file = folder / "mine.toml"
    file.write_text(text)
    with pytest.raises(FileFault) as refused:
        presets.read(file)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.startswith("mine.toml")
    assert sentence.endswith(".")
    return sentence


def test_the_good_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)

    assert presets.read(tmp_path / "mine.toml").recipe.strength == 0.8


@pytest.mark.parametrize(
    ("right", "misspelt", "sentence"),
    [
        ("strength = 0.8", "strenght = 0.8", "mine.toml, [recipe] has no field “strenght”; write “strength”."),
        ("scale = 9", "scales = 9", "mine.toml, [style] has no field “scales”; write “scale”."),
        ("purpose =", "purpos =", "mine.toml lacks the field “purpose”: add it."),
        ('change = "Take', 'chnage = "Take', "mine.toml lacks the field “changes.0.change”: add it."),
        ('kind = "clouds"', 'kind = "cloud"', "mine.toml, [content]: no generator is called “cloud”; write “clouds”."),
    ],
)
def test_a_misspelt_field_is_named(tmp_path: Path, right: str, misspelt: str, sentence: str) -> None:
    assert said_of(tmp_path, GOOD.replace(right, misspelt, 1)) == sentence


def test_a_generator_that_resembles_none_is_told_all_there_are(tmp_path: Path) -> None:
    assert "clouds" in said_of(tmp_path, GOOD.replace('kind = "clouds"', 'kind = "xyzzy"', 1)).split(";")[1]


def test_a_kind_of_work_that_is_not_there_is_told(tmp_path: Path) -> None:
    sentence = said_of(tmp_path, GOOD.replace("strength = 0.8", 'kind = "soup"'))

    assert sentence.startswith("mine.toml, [recipe], kind: There is no kind of work called soup: there is style, ")


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("strength = 0.8", 'kind = "dream"', "mine.toml: dream takes no [style]: take it out."),
        ("[style]", "[guide]", "mine.toml lacks [style], which style transfer needs: add it."),
        ("[style]", "[style_2]", "mine.toml lacks [style], which style transfer needs: add it."),
    ],
)
def test_a_picture_that_its_kind_does_not_take_or_lacks_is_named(
    tmp_path: Path, right: str, wrong: str, sentence: str
) -> None:
    assert said_of(tmp_path, GOOD.replace(right, wrong, 1)) == sentence


def test_a_dish_that_is_not_there_is_named(tmp_path: Path) -> None:
    brought = 'photo = "a map"\ndish = "soup"\n[style]'
    made = GOOD[GOOD.index("[content]") : GOOD.index("[style]") + len("[style]")]
    sentence = said_of(tmp_path, GOOD.replace(made, f"[content]\n{brought}"))

    assert sentence == "mine.toml, [content], dish: no recipe here is called “soup”."


def test_a_value_out_of_range_is_named_with_its_field(tmp_path: Path) -> None:
    sentence = said_of(tmp_path, GOOD.replace("strength = 0.8", "strength = 8"))

    assert sentence.startswith("mine.toml, [recipe], strength: ")
    assert "less than or equal to 1" in sentence


def test_a_picture_without_a_title_is_told_so(tmp_path: Path) -> None:
    assert (
        said_of(tmp_path, GOOD.replace('title = "Rough clouds"\n', "")) == "mine.toml, [style] lacks a title: add one."
    )


@pytest.mark.parametrize("text", ["title = ", "= 3", "[content", '"""'])
def test_what_is_no_toml_is_told_so(tmp_path: Path, text: str) -> None:
    assert said_of(tmp_path, text).startswith("mine.toml is not TOML: ")


def test_what_is_no_text_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(FileFault, match=r"^mine\.toml is not in UTF-8"):
        presets.read(tmp_path / "mine.toml")


def test_the_others_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD)
    (tmp_path / "bad.toml").write_text(GOOD.replace("strength", "strenght"))

    found = presets.read_all(tmp_path)

    assert [preset.name for preset in found.presets] == ["good"]
    assert len(found.faults) == 1


def test_an_example_of_a_starter_that_is_not_there_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "starters.toml").write_text(STARTERS.replace('style = "rough"', 'style = "rouhg"', 1))

    found = starters.read(tmp_path / "starters.toml")

    assert [example.title for example in found.examples] == ["Wide and rough"]
    (sentence,) = found.faults
    assert "no starter is called “rouhg”" in sentence


def test_an_example_that_lacks_a_picture_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "starters.toml").write_text(STARTERS.replace('style = "rough"\nrecipe', "recipe", 1))

    assert starters.read(tmp_path / "starters.toml").faults == (
        "starters.toml, “Soft and rough” lacks [style], which style transfer needs: add it.",
    )
