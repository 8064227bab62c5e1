"""Which device to render on, and in which number format. Resolved at each call, never at import."""

import torch

from transfer.errors import RenderError


def resolve(name: str | None = None) -> torch.device:
    """The device called `name`, or the best available one: CUDA, then Intel's, then Apple's, then the CPU.

    Raises RenderError for a device that this machine does not have.
    """
    if name is None:
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.xpu.is_available():
            return torch.device("xpu")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise RenderError(f"This machine has no device {name}: leave --device out, or say cpu.") from error
    return device


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
