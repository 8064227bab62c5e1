"""Which device to render on, and in which number format. Resolved at each call, never at import."""

import functools
import warnings

import torch

from transfer.errors import RenderError

CPU = torch.device("cpu")
SHARE = 0.5  # chosen: of a GPU's memory, beside what a desktop and pictures take
LOST = ("CUDA error", "cuDNN error", "CUBLAS_STATUS", "device lost", "device is lost", "DEVICE_LOST")


def resolve(name: str | None = None) -> torch.device:
    """The device called `name`, or the best that answers: CUDA, then Intel's, then Apple's, then the CPU.

    Raises RenderError for a device that this machine does not have, or that does not answer.
    """
    if name is None:
        return next((device for device in _accelerators() if not _trouble_with(device)), CPU)
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = _trouble_with_driver() if name.startswith("cuda") else ""
        since = f", since {reason}" if reason else ""
        raise RenderError(f"This machine has no device {name}{since}: leave --device out, or say cpu.") from error
    if reason := _trouble_with(device):
        raise RenderError(f"{name} cannot be used, since {reason}: leave --device out, or say cpu.")
    return device


def why_not_the_gpu() -> str:
    """Why `resolve` gives the CPU although a GPU is here, in a sentence; empty where that is not so."""
    if resolve() != CPU:
        return ""
    reasons = [*map(_trouble_with, _accelerators()), _trouble_with_driver()]
    return next((f"The CPU paints, since {reason}." for reason in reasons if reason), "")


def is_accelerated() -> bool:
    """Whether `resolve` finds more than the CPU. To start such a device takes a process seconds, once."""
    return resolve() != CPU


def release_unused_memory() -> None:
    """Returns the memory of a device that torch keeps for its next tensors, so that other programs find it."""
    if is_accelerated():
        torch.accelerator.empty_cache()


def is_lost(error: Exception) -> bool:
    """Whether an error says that a device failed or was taken away: this process cannot use it again."""
    return isinstance(error, RuntimeError) and any(words in str(error) for words in LOST)


def _accelerators() -> list[torch.device]:
    """Those that torch finds here, the best first."""
    found = {"cuda": _finds_cuda()[0], "xpu": torch.xpu.is_available(), "mps": torch.backends.mps.is_available()}
    return [torch.device(name) for name, is_there in found.items() if is_there]


def _trouble_with(device: torch.device) -> str:
    """Why a device cannot add, as a clause; empty where it can."""
    try:
        torch.ones(1, device=device).add_(1).item()
    except RuntimeError as error:
        if "no kernel image" in str(error):
            return "the GPU is too old for this torch (install one that was built for it)"
        return f"the GPU does not answer ({str(error).partition(chr(10))[0]})"
    return ""


def _trouble_with_driver() -> str:
    """What keeps torch from finding a GPU of NVIDIA's, as a clause; empty where there is none."""
    if "driver on your system is too old" in _finds_cuda()[1]:
        return "the driver of the GPU is too old for this torch (update it)"
    return ""


@functools.cache
def _finds_cuda() -> tuple[bool, str]:
    """Whether torch finds a GPU of NVIDIA's, and what it warns of when it looks: it does so once in a process."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = torch.cuda.is_available()
    return found, " ".join(str(each.message) for each in said)


def memory(device: torch.device) -> int | None:
    """The bytes that a GPU has for what is viewed at a time; None where that is the machine's own memory."""
    if device.type != "cuda":
        return None
    return int(SHARE * torch.cuda.get_device_properties(device).total_memory)


def is_cuda(device: torch.device) -> bool:
    """Whether it is a GPU that can record work (transfer/engine/capture.py), where the host reads nothing."""
    return device.type == "cuda"


def precision(device: torch.device) -> torch.dtype:
    """The number format of a network's features: bfloat16 if the device multiplies it natively, else float32.

    Statistics, losses and the picture itself are always in float32 or better. With bfloat16, convolutions take half the
    time, and renders score the same, though single strokes fall differently.
    """
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        native = device.type == "cpu" and torch.cpu._is_avx512_bf16_supported()
    return torch.bfloat16 if native else torch.float32


def describe(device: torch.device) -> str:
    """The device and everything that affects its arithmetic, for the metadata."""
    arithmetic = str(precision(device)).removeprefix("torch.")
    if device.type == "cuda":
        return f"cuda: {torch.cuda.get_device_name(device)}, {arithmetic}"
    if device.type == "cpu":
        threads, instructions = torch.get_num_threads(), torch.backends.cpu.get_cpu_capability()
        return f"cpu: {threads} threads, {instructions}, {arithmetic}"
    return f"{device.type}: {arithmetic}"
