"""Values of a sweep are lists, ranges, names, yes and no; anything else is refused with a sentence."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.studio.sweeps.axes import MOST_VALUES, SweepError, fields, parse, suggestion
from transfer.recipes.base import bounds_of
from transfer.recipes.style import StyleRecipe

FIELDS = fields(StyleRecipe)


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("strength", "0.5, 1, 0", (0.5, 1.0, 0.0)),
        ("strength", "0..1 x5", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("strength", "1..0 x3, .9", (1.0, 0.5, 0.0, 0.9)),
        ("style_scale", "0.25..4 x5 log", (0.25, 0.5, 1.0, 2.0, 4.0)),
        ("style_scale", "0.1..4×4 LOG", (0.1, 0.342, 1.17, 4.0)),
        ("learning_rate", "1e-3, 0.1", (0.001, 0.1)),
        ("seed", "1..4, 3, 7", (1, 2, 3, 4, 7)),
        ("num_iterations", "10..100 x4", (10, 40, 70, 100)),
        ("style_loss", "Gram, w2, gram", ("gram", "w2")),
        ("original_colors", "yes, no, on", (True, False)),
    ],
)
def test_values_as_they_are_written(field: str, text: str, values: tuple) -> None:
    assert parse(StyleRecipe, field, text) == values


@pytest.mark.parametrize(
    ("field", "text", "named"),
    [
        ("strength", "0..1", "0..1 x5"),
        ("strength", "one", "one"),
        ("strength", "nan", "nan"),
        ("strength", "1e999", "1e999"),
        ("strength", "0..1 x999", "999"),
        ("strength", "0..1 x0", "0 values"),
        ("strength", "0..1 x1", "1 values"),
        ("strength", ",", "at least one"),
        ("strength", "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9", "more than 8"),
        ("style_scale", "0..4 x5 log", "above 0"),
        ("seed", "0..4294967295", "4294967296"),
        ("seed", "1.5", "1.5"),
        ("seed", "٣", "٣"),
        ("style_loss", "w2, nicer", "nicer"),
        ("init", "picture", "picture"),
        ("original_colors", "perhaps", "perhaps"),
    ],
)
def test_what_is_no_value_is_named(field: str, text: str, named: str) -> None:
    with pytest.raises(SweepError, match=named):
        parse(StyleRecipe, field, text)


def test_what_has_several_parts_or_changes_no_pixel_cannot_vary() -> None:
    assert FIELDS.keys().isdisjoint({"style_layers", "content_layer_weights", "style_blend_weights", "print_iter"})
    assert {"image_size", "strength", "init", "backbone", "match_colors"} <= FIELDS.keys()


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_suggested_can_be_had_and_is_what_nothing_means(field: str) -> None:
    values = parse(StyleRecipe, field, suggestion(StyleRecipe, field))

    assert values == parse(StyleRecipe, field, " ")
    if field not in ("pooling", "backbone"):  # depend on each other
        assert len(values) >= 2
        for value in values:
            assert getattr(StyleRecipe.model_validate({field: value}), field) == value
    if FIELDS[field].annotation in (int, float):
        lowest, highest = bounds_of(StyleRecipe.model_fields[field])
        assert all(lowest <= value <= highest for value in values)


@given(field=st.sampled_from(sorted(FIELDS)), text=st.text("0123456789.,x+-e log\x00∞²", max_size=200) | st.text())
def test_any_text_is_values_or_refused(field: str, text: str) -> None:
    with contextlib.suppress(SweepError):
        values = parse(StyleRecipe, field, text)
        assert 1 <= len(set(values)) == len(values) <= MOST_VALUES
