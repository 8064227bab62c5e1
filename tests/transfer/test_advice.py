import pytest
from PIL import Image

from transfer.inputs import Inputs
from transfer.recipe import Recipe


def picture(width, height):
    return Image.new("RGB", (width, height))


def advice(content, *styles, **fields):
    return Inputs(picture(*content), tuple(picture(*style) for style in styles)).advice(Recipe(**fields))


def is_one_sentence(text):
    return text.endswith(".") and text.count(". ") == 0 and "\n" not in text


@pytest.mark.parametrize("size", [(512, 300), (300, 512), (2000, 1000)])
def test_pictures_as_large_as_the_result_need_none(size):
    assert advice(size, size, image_size=512) == []


@pytest.mark.parametrize("size", [(511, 511), (100, 90), (1, 1)])
def test_a_style_smaller_than_the_size_asked_for_gives_one_sentence(size):
    (said,) = advice((600, 600), size, image_size=512)
    assert is_one_sentence(said)
    assert f"Style 1 is {size[0]} x {size[1]} px" in said
    assert "512 px" in said


@pytest.mark.parametrize("size", [(511, 511), (100, 90), (1, 1)])
def test_a_small_content_gives_one_sentence(size):
    (said,) = advice(size, (600, 600), image_size=512)
    assert is_one_sentence(said)
    assert f"content picture is {size[0]} x {size[1]} px" in said
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
