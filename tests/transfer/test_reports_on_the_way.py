"""print_iter and save_iter count the iterations of the whole render."""

import re

import pytest
from PIL import Image

from tests.transfer.conftest import iterations
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


@pytest.fixture
def due(content, style, network):
    def numbers(**fields):
        recipe = StyleRecipe(image_size=140, num_iterations=5, **fields)
        steps = list(iterations(StyleInputs(content, (style,)), recipe, network))
        assert len(steps) == 10
        return [step.number for step in steps if step.prints], [step.number for step in steps if step.saves]

    return numbers


def test_steps_are_told_and_kept_at_their_own_pace_over_all_rungs(due):
    assert due(print_iter=3, save_iter=4) == ([3, 6, 9], [4, 8])


def test_every_step_may_be_told_and_kept(due):
    assert due(print_iter=1, save_iter=1) == (list(range(1, 11)), list(range(1, 11)))


def test_by_default_none_is(due):
    assert due() == ([], [])


def test_a_pace_longer_than_the_render_tells_and_keeps_nothing(due):
    assert due(print_iter=11, save_iter=100_000) == ([], [])


@pytest.fixture
def stylize(command, picture_files, tmp_path):
    """Paints six iterations; returns the lines on standard error and the names of the pictures."""

    def run(*words, name="out.png"):
        quick = ("-o", tmp_path / name, "--image-size", 64, "--num-iterations", 6)
        status, _, err = command("stylize", *picture_files, *quick, *words)
        assert status == 0, err
        return err.splitlines(), {path.name for path in tmp_path.glob("out*")}

    return run


def test_the_command_line_prints_the_terms_of_the_loss(stylize):
    lines, _ = stylize("--print-iter", 2)
    told = [line for line in lines if line.startswith("iteration ")]
    assert [line.split(": ")[0] for line in told] == [f"iteration {number} (64 px)" for number in (2, 4, 6)]
    for line in told:
        terms = {name: float(value) for name, value in re.findall(r"(\w+) (\d+\.\d+)", line)}
        assert set(terms) == {"total", "content", "style", "texture", "tv", "fine", "anchor"}
        assert terms["total"] == pytest.approx(sum(terms.values()) - terms["total"], abs=1e-4)


def test_the_command_line_keeps_pictures_beside_the_output(stylize, tmp_path):
    _, names = stylize("--save-iter", 2)
    assert names == {"out.png", "out_2.png", "out_4.png"}
    pictures = []
    for name in sorted(names):
        with Image.open(tmp_path / name) as image:
            assert (image.size, image.format) == ((64, 48), "PNG")
            pictures.append(image.convert("RGB").tobytes())
    assert len(set(pictures)) == 3


def test_pictures_on_the_way_have_the_form_of_the_output(stylize, tmp_path):
    _, names = stylize("--save-iter", 4, name="out.webp")
    assert names == {"out.webp", "out_4.webp"}
    with Image.open(tmp_path / "out_4.webp") as image:
        assert image.format == "WEBP"


def test_unless_it_is_asked_the_command_line_neither_prints_nor_keeps(stylize):
    lines, names = stylize()
    assert names == {"out.png"}
    assert not any(line.startswith("iteration ") for line in lines)


def test_what_is_reported_on_the_way_changes_no_pixel(stylize, tmp_path):
    stylize()
    with Image.open(tmp_path / "out.png") as image:
        before = image.tobytes()
    stylize("--save-iter", 1, "--print-iter", 1)
    with Image.open(tmp_path / "out.png") as image:
        assert image.tobytes() == before
