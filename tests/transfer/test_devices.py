import pytest
import torch

from transfer.devices import describe, resolve
from transfer.errors import RenderError


def test_the_processor_is_always_there():
    assert resolve("cpu") == torch.device("cpu")


def test_without_a_name_some_device_is_found_that_can_add():
    device = resolve()
    assert float(torch.ones(2, device=device).sum()) == 2


@pytest.mark.parametrize("name", ["toaster", "", "cpu:x", "cuda:99"])
def test_a_device_that_is_not_there_is_a_render_error_that_names_it(name):
    with pytest.raises(RenderError, match="no device"):
        resolve(name)


def test_the_description_of_the_processor_counts_its_threads():
    assert describe(torch.device("cpu")).startswith(f"cpu: {torch.get_num_threads()} threads")
