"""How fast this machine's devices are, as `calibration.py` has measured it and left it in a file. Free of torch."""

import contextlib
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from transfer import cache
from transfer.planning.planner import Speed

FILE = "speeds.json"
_SPEED = TypeAdapter(Speed)
Speeds = dict[str, dict[str, Speed]]  # device, as described, to backbone to speed


def known() -> Speeds:
    """What has been measured here; nothing where the file is missing or damaged."""
    return {device: told(backbones) for device, backbones in cache.noted(FILE).items()}


def told(backbones: Any) -> dict[str, Speed]:
    """Speeds by backbone, as a file or a row has them, which another version may have written.

    What is unknown here is ignored, and what is no speed is left out.
    """
    found = {}
    for backbone, facts in backbones.items() if isinstance(backbones, dict) else ():
        with contextlib.suppress(ValidationError):
            found[backbone] = _SPEED.validate_python(facts)
    return found


def keep(device: str, backbone: str, speed: Speed) -> None:
    """Notes a measurement; a cache that cannot be written costs another one."""
    speeds = known()
    speeds.setdefault(device, {})[backbone] = speed
    facts = {name: {each: asdict(one) for each, one in backbones.items()} for name, backbones in speeds.items()}
    cache.note(FILE, facts)
