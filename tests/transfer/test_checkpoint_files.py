"""Checkpoint files are whole or not there, and never pass for another render's."""

from typing import Literal, get_args, get_origin

import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from tests.transfer.conftest import iterations
from transfer.engine import checkpoint
from transfer.engine.checkpoint import State, load, save
from transfer.errors import CheckpointError
from transfer.recipes.style import StyleRecipe
from transfer.style.identity import key
from transfer.style.inputs import StyleInputs

KEY = "ab" * 32
FREE = {"image_size", "height_map", "print_iter", "save_iter"}  # a checkpoint does not depend on these


@pytest.fixture
def state():
    tensors = {"image": torch.rand(1, 3, 9, 8), "sum": torch.rand(4, dtype=torch.float64)}
    values = {"totals": [0.1, 1 / 3, 1e-300], "steps": 4, "began": True}
    return State(128, 3, 7, False, tensors, values)


@pytest.fixture
def path(tmp_path, state):
    save(state, tmp_path / "a.safetensors", KEY)
    return tmp_path / "a.safetensors"


def test_what_was_saved_is_loaded_bit_for_bit(path, state):
    found = load(path, KEY)
    assert (found.long_side, found.iteration, found.number, found.finished) == (128, 3, 7, False)
    assert found.values == state.values
    assert found.tensors.keys() == state.tensors.keys()
    for name, tensor in state.tensors.items():
        assert found.tensors[name].dtype == tensor.dtype
        assert torch.equal(found.tensors[name], tensor)


def test_a_tensor_that_is_not_contiguous_is_saved_too(tmp_path, state):
    state.tensors["image"] = torch.rand(1, 8, 9, 3).permute(0, 3, 2, 1)
    save(state, tmp_path / "b.safetensors", KEY)
    assert torch.equal(load(tmp_path / "b.safetensors", KEY).tensors["image"], state.tensors["image"])


def test_a_state_that_is_saved_over_another_takes_its_place_and_leaves_nothing_else(path, state):
    state.tensors["image"].zero_()
    save(state, path, KEY)
    assert not load(path, KEY).tensors["image"].any()
    assert list(path.parent.iterdir()) == [path]


def refused(path, given=KEY):
    with pytest.raises(CheckpointError) as error:
        load(path, given)
    return str(error.value)


def test_a_state_of_another_render_is_refused_with_a_sentence(path):
    assert refused(path, "cd" * 32) == f"{path} belongs to another render."


def test_a_file_of_another_format_is_refused_with_a_sentence(path):
    for metadata in (None, {"format": "0", "key": KEY, "state": "{}"}, {"key": KEY}):
        save_file({"image": torch.zeros(3)}, path, metadata)
        assert refused(path) == f"{path} is no checkpoint of this version."


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.99])
def test_a_file_that_ends_too_early_is_refused(path, share):
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    assert refused(path).startswith(f"{path} cannot be read as a checkpoint: ")


@pytest.mark.parametrize("data", [b"\0" * 400, b"\xff" * 400, b"GIF89a" * 40], ids=["zeros", "ones", "picture"])
def test_a_file_of_something_else_is_refused(path, data):
    path.write_bytes(data)
    assert refused(path).startswith(f"{path} cannot be read as a checkpoint: ")


def test_a_file_whose_head_was_overwritten_is_refused(path):
    data = bytearray(path.read_bytes())
    for place in range(0, 60, 7):
        path.write_bytes(data[:place] + b"\xfe" + data[place + 1 :])
        refused(path)


@pytest.mark.parametrize("values", ["", "{", "[]", "{}", '{"long_side": 128}', "3"])
def test_a_file_whose_values_are_no_state_is_refused(path, values):
    save_file({"image": torch.zeros(3)}, path, {"format": checkpoint.FORMAT, "key": KEY, "state": values})
    assert refused(path).startswith(f"{path} cannot be read as a checkpoint: ")


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    refused(tmp_path / "nothing")
    refused(tmp_path)


FULL_DISK = """
import pathlib, resource, sys, torch
from transfer.engine.checkpoint import State, save
state = State(128, 3, 7, False, {"image": torch.ones(1, 3, 200, 200)}, {})
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))  # as a disk that is full after 20 kB
try:
    save(state, pathlib.Path(sys.argv[1]), sys.argv[2])
except OSError as error:
    print("not saved:", error)
"""


def test_on_a_full_disk_the_last_file_stays_and_no_part_of_the_new_one(path, run_python, state):
    finished = run_python("-c", FULL_DISK, path, KEY)
    assert finished.stdout.startswith("not saved:"), finished.stderr
    assert list(path.parent.iterdir()) == [path]
    assert torch.equal(load(path, KEY).tensors["image"], state.tensors["image"])


def test_in_a_folder_that_is_not_there_it_is_an_error_of_the_system(tmp_path, state):
    with pytest.raises(OSError, match="nowhere"):
        save(state, tmp_path / "nowhere" / "a.safetensors", KEY)


def another(name):
    """A value other than the field's default."""
    field = StyleRecipe.model_fields[name]
    if field.annotation is bool:
        return not field.default
    if get_origin(field.annotation) is Literal:
        return next(value for value in get_args(field.annotation) if value != field.default)
    if field.default == ():
        return ("relu1_1",) if name.endswith("_layers") else (0.5,)
    return field.default + 1 if field.annotation is int else field.default / 2 + 0.01


@pytest.fixture
def inputs(content, style):
    masks = {"content_mask": Image.new("L", content.size, 1), "style_masks": (Image.new("L", style.size, 1),)}
    return StyleInputs(content, (style,), init=style, **masks)


@pytest.mark.parametrize("name", StyleRecipe.model_fields)
def test_every_field_but_the_size_and_what_is_reported_makes_another_render(inputs, name):
    recipe = StyleRecipe()
    other = recipe.model_copy(update={name: another(name)})
    assert getattr(other, name) != getattr(recipe, name)
    assert (key(inputs, recipe, KEY) == key(inputs, other, KEY)) == (name in FREE)


def test_other_weights_make_another_render(inputs):
    assert key(inputs, StyleRecipe(), KEY) != key(inputs, StyleRecipe(), "cd" * 32)


def test_every_picture_and_mask_makes_another_render(inputs, content, style):
    changed = content.copy()
    changed.putpixel((3, 4), (1, 2, 3))
    mask = inputs.content_mask.copy()
    mask.putpixel((3, 4), 9)
    others = [
        StyleInputs(changed, inputs.styles, inputs.init, inputs.content_mask, inputs.style_masks),
        StyleInputs(content, (changed,), inputs.init, inputs.content_mask, inputs.style_masks),
        StyleInputs(content, (style, style), inputs.init, inputs.content_mask, inputs.style_masks),
        StyleInputs(content, inputs.styles, changed, inputs.content_mask, inputs.style_masks),
        StyleInputs(content, inputs.styles, None, inputs.content_mask, inputs.style_masks),
        StyleInputs(content, inputs.styles, inputs.init, mask, inputs.style_masks),
        StyleInputs(content, inputs.styles, inputs.init, None, inputs.style_masks),
        StyleInputs(content, inputs.styles, inputs.init, inputs.content_mask, (mask,)),
        StyleInputs(content, inputs.styles, inputs.init, inputs.content_mask, ()),
        # The same pixels in another order, and the same bytes in another shape.
        StyleInputs(
            content.transpose(Image.Transpose.ROTATE_180), inputs.styles, inputs.init, mask, inputs.style_masks
        ),
        StyleInputs(Image.frombytes("RGB", (72, 96), content.tobytes()), inputs.styles, inputs.init),
    ]
    keys = [key(each, StyleRecipe(), KEY) for each in (inputs, *others)]
    assert len(set(keys)) == len(keys)
    assert key(StyleInputs(content.copy(), (style.copy(),), style.copy(), *[None]), StyleRecipe(), KEY) == key(
        StyleInputs(content, (style,), style), StyleRecipe(), KEY
    )


def test_a_checkpoint_of_a_render_is_a_file_that_goes_with_its_key_only(inputs, network, tmp_path):
    recipe = StyleRecipe(image_size=64, num_iterations=2)
    own = key(inputs, recipe, network.sha256)
    save(next(iter(iterations(inputs, recipe, network))).state, tmp_path / "a", own)
    assert load(tmp_path / "a", own).number == 1
    refused(tmp_path / "a", key(inputs, recipe.model_copy(update={"seed": 1}), network.sha256))
