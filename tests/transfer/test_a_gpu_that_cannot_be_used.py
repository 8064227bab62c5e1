"""What is said of a GPU that cannot be used, and who paints then.

No GPU is needed: torch's own answers are replaced by what it says where a driver or a GPU is too old, or gone.
"""

import warnings

import pytest
import torch

from transfer import devices
from transfer.devices import precision, resolve, why_not_the_gpu
from transfer.engine.objective import TiledObjective
from transfer.engine.shortage import ran_out_of_memory
from transfer.errors import DeviceError, RenderError
from transfer.instant.render import render
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs

OLD_DRIVER = (
    "CUDA initialization: The NVIDIA driver on your system is too old (found version 11040). Please update your GPU "
    "driver by downloading and installing a new version"
)
OLD_GPU = "CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors might be ..."
GONE = "CUDA error: unspecified launch failure\nCompile with `TORCH_USE_CUDA_DSA` ..."


@pytest.fixture(autouse=True)
def looked_anew():
    """torch is asked again what it finds."""
    devices._finds_cuda.cache_clear()
    yield
    devices._finds_cuda.cache_clear()


@pytest.fixture
def gpu(monkeypatch):
    """A double of a GPU that torch finds and that answers what it is told to, or nothing."""

    def answers(error):
        def ones(*size, device=None):
            if torch.device(device).type == "cuda" and error:
                raise RuntimeError(error)
            return torch.zeros(*size)

        monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
        monkeypatch.setattr(torch, "empty", lambda *size, device=None: torch.zeros(*size))
        monkeypatch.setattr(torch, "ones", ones)

    return answers


@pytest.fixture
def old_driver(monkeypatch):
    """What torch does where the driver is too old for it: it warns, once, and finds nothing."""

    def finds_nothing():
        warnings.warn(OLD_DRIVER, stacklevel=1)
        return False

    monkeypatch.setattr(torch.cuda, "is_available", finds_nothing)


def test_with_a_driver_that_is_too_old_the_cpu_paints_and_a_sentence_says_why(old_driver, recwarn):
    assert resolve() == torch.device("cpu")
    assert why_not_the_gpu() == ("The CPU paints, since the driver of the GPU is too old for this torch (update it).")
    assert not list(recwarn)


def test_a_gpu_that_is_asked_for_with_such_a_driver_is_refused_with_the_reason(old_driver):
    with pytest.raises(RenderError, match="no device cuda:99, since the driver of the GPU is too old"):
        resolve("cuda:99")


@pytest.mark.parametrize(
    ("error", "reason"), [(OLD_GPU, "is too old for this torch"), (GONE, r"does not answer \(CUDA error: unspecified")]
)
def test_a_gpu_that_cannot_add_is_left_alone_and_a_sentence_says_why(gpu, error, reason):
    gpu(error)
    assert resolve() == torch.device("cpu")
    with pytest.raises(RenderError, match=f"cuda cannot be used, since the GPU {reason}"):
        resolve("cuda")
    assert why_not_the_gpu().startswith("The CPU paints, since the GPU ")
    assert "\n" not in why_not_the_gpu()


def test_of_a_gpu_that_works_nothing_is_said(gpu):
    gpu(None)
    assert resolve() == torch.device("cuda")
    assert why_not_the_gpu() == ""


def test_nothing_is_said_where_there_is_no_gpu(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert (resolve(), why_not_the_gpu()) == (torch.device("cpu"), "")


@pytest.mark.parametrize(("native", "expected"), [(True, torch.bfloat16), (False, torch.float32)])
def test_a_gpu_that_is_too_old_for_bfloat16_computes_in_float32(monkeypatch, native, expected):
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: native or including_emulation)
    assert precision(torch.device("cuda")) == expected


def test_the_command_says_why_the_cpu_paints(old_driver, command, picture_files, tmp_path):
    words = ("--image-size", 64, "--num-iterations", 1)
    status, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *words)
    assert status == 0
    assert "note: The CPU paints, since the driver of the GPU is too old" in err
    _, _, err = command("stylize", *picture_files, "-o", tmp_path / "out.png", *words, "--device", "cpu")
    assert "driver" not in err


@pytest.mark.parametrize("error", [GONE, "CUDA error: an illegal memory access was encountered", "device lost"])
def test_a_device_that_is_taken_away_ends_the_render_with_a_sentence(monkeypatch, content, style, network, error):
    def fails(self, image, gradient):
        raise RuntimeError(error)
        yield

    monkeypatch.setattr(TiledObjective, "gradient", fails)
    with pytest.raises(DeviceError, match=r"failed at 64 px: do the same again, and the CPU paints"):
        list(render(StyleInputs(content, (style,)), StyleRecipe(image_size=64, num_iterations=1), network))


def test_memory_that_runs_out_is_not_taken_for_a_device_that_is_gone():
    assert ran_out_of_memory(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"))
    assert not devices.is_lost(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"))
    assert not devices.is_lost(RuntimeError("shape '[2]' is invalid"))
