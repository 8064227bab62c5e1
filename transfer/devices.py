"""Which device to render on. Resolved at each call, never at import."""

import torch

from transfer.errors import RenderError


def resolve(name: str | None = None) -> torch.device:
    """The device called `name`, or the best one there is: CUDA, then Apple's, then the CPU.

    Raises RenderError for a device that this machine does not have.
    """
    if name is None:
        if torch.cuda.is_available():
            return torch.device("cuda")
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    try:
        device = torch.device(name)
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise RenderError(f"This machine has no device {name}: leave --device out, or say cpu.") from error
    return device


def describe(device: torch.device) -> str:
    """The device and what decides on its arithmetic, for the metadata."""
    if device.type == "cuda":
        return f"cuda: {torch.cuda.get_device_name(device)}"
    if device.type == "cpu":
        return f"cpu: {torch.get_num_threads()} threads, {torch.backends.cpu.get_cpu_capability()}"
    return device.type
