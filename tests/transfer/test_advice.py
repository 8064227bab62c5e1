import itertools

import numpy
import pytest
from PIL import Image

from transfer.recipes.style import StyleRecipe
from transfer.style.advice import LONG, PictureFacts
from transfer.style.advice import advice as advice_of
from transfer.style.inputs import StyleInputs

seeds = itertools.count()


def picture(width, height):
    """Colourful noise, different each time: there is no advice on its colours."""
    parts = numpy.random.default_rng(next(seeds)).integers(0, 256, (height, width, 3), dtype="uint8")
    return Image.fromarray(parts)


def advice(content, *styles, **fields):
    return StyleInputs(picture(*content), tuple(picture(*style) for style in styles)).advice(StyleRecipe(**fields))


def is_one_sentence(text):
    return text.endswith(".") and text.count(". ") == 0 and "\n" not in text


@pytest.mark.parametrize("size", [(512, 300), (300, 512), (2000, 1000)])
def test_pictures_as_large_as_the_result_need_none(size):
    assert advice(size, size, image_size=512) == []


@pytest.mark.parametrize("size", [(511, 511), (100, 90), (1, 1)])
def test_a_style_smaller_than_the_size_asked_for_gives_one_sentence(size):
    (said,) = advice((600, 600), size, image_size=512)
    assert is_one_sentence(said)
    assert f"The style is {size[0]} × {size[1]} px" in said
    assert "512 px" in said


@pytest.mark.parametrize("size", [(511, 511), (100, 90), (1, 1)])
def test_a_small_content_gives_one_sentence(size):
    (said,) = advice(size, (600, 600), image_size=512)
    assert is_one_sentence(said)
    assert f"content picture is {size[0]} × {size[1]} px" in said
    assert "512 px" in said


def test_the_scale_of_the_style_counts():
    assert advice((600, 600), (300, 300), image_size=512, style_scale=0.5) == []
    (said,) = advice((600, 600), (600, 600), image_size=512, style_scale=2)
    assert "1024 px" in said


def test_every_style_that_is_too_small_is_named_by_its_number():
    said = advice((600, 600), (100, 100), (700, 700), (512, 80), (80, 90), image_size=512)
    assert [sentence.split(" is ")[0] for sentence in said] == ["Style 1", "Style 4"]


def test_small_pictures_of_both_kinds_give_a_sentence_each():
    assert len(advice((90, 90), (100, 100), image_size=512)) == 2


def said_of(style, content=None, **fields):
    content = content or picture(600, 600)
    return StyleInputs(content, (style,)).advice(StyleRecipe(**{"image_size": 256, **fields}))


def grey():
    """Noise between black and white."""
    parts = numpy.random.default_rng(3).integers(0, 256, (300, 300), dtype="uint8")
    return Image.fromarray(parts).convert("RGB")


def test_a_style_of_one_colour_gives_a_flat_result():
    (said,) = said_of(Image.new("RGB", (300, 300), (120, 90, 60)))
    assert said == "The style has almost no colour variation: expect a flat result."


def test_fine_hatching_is_not_flat_though_its_mean_is_the_same_everywhere():
    parts = numpy.random.default_rng(1).choice(numpy.array([[200, 40, 30], [20, 60, 160]], "uint8"), (300, 300))
    assert said_of(Image.fromarray(parts)) == []


def test_a_style_that_is_mostly_one_colour():
    style = picture(400, 400)
    style.paste((30, 90, 60), (0, 0, 400, 350))
    (said,) = said_of(style)
    assert "mostly one colour (88% of it)" in said


@pytest.mark.parametrize("kept", ["original_colors", "match_colors"])
def test_a_style_of_greys_unless_the_colours_come_from_the_content(kept):
    (said,) = said_of(grey())
    assert "no colours but greys" in said
    assert said_of(grey(), **{kept: True}) == []


def test_a_content_without_shapes():
    (said,) = said_of(picture(300, 300), content=Image.new("RGB", (300, 300), "white"))
    assert "almost no shapes" in said


def test_the_same_picture_twice():
    same = picture(300, 300)
    (said,) = said_of(same, content=same)
    assert "The style is the same picture as the content" in said
    styles = (picture(300, 300), same, picture(300, 300), same)
    (said,) = StyleInputs(picture(300, 300), styles).advice(StyleRecipe(image_size=256))
    assert "Style 4 is the same picture as style 2" in said


def test_narrow_strips():
    assert said_of(picture(64 * LONG, 64), content=picture(64, 64 * LONG)) == []
    said = said_of(picture(64 * LONG + 1, 64), content=picture(64, 65 * LONG))
    assert ["narrow strip" in sentence for sentence in said] == [True, True]
    assert "short side will have 32 px" in said[0] or "short side will have 31 px" in said[0]


def test_a_picture_of_which_only_the_size_is_known_is_judged_by_that_alone():
    assert (
        advice_of(
            StyleRecipe(image_size=256), PictureFacts((300, 300)), [PictureFacts((300, 300)), PictureFacts((300, 300))]
        )
        == []
    )


def test_the_command_line_notes_it_and_paints_all_the_same(command, picture_files, tmp_path):
    words = ("-o", tmp_path / "out.png", "--image-size", 100, "--num-iterations", 1)
    status, _, err = command("stylize", *picture_files, *words)
    assert status == 0
    notes = [line for line in err.splitlines() if line.startswith("note: ")]
    assert len(notes) == 2
    assert err.splitlines()[:2] == notes
    assert (tmp_path / "out.png").exists()


def test_the_command_line_notes_nothing_where_all_is_well(command, picture_files, tmp_path):
    _, _, err = command(
        "stylize", *picture_files, "-o", tmp_path / "out.png", "--image-size", 64, "--num-iterations", 1
    )
    assert "note: " not in err
