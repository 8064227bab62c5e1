"""The one place that imports torchvision.

Its wheels for Linux are built against CUDA torch. With a CPU-only torch their compiled operators do not load, and
importing torchvision fails because it registers fake versions of two operators that nobody declared. We do not use
those operators, so we declare their schemas first, but only if the compiled ones cannot load.
"""

from importlib.machinery import PathFinder
from importlib.util import find_spec
from types import ModuleType

import torch

SCHEMA = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
OPERATORS = ("nms", "qnms")
_declared: list[torch.library.Library] = []  # operators vanish with their library


def _operators_load() -> bool:
    package = find_spec("torchvision")
    locations = package.submodule_search_locations if package else None
    compiled = PathFinder.find_spec("_C", locations) if locations else None
    if compiled is None or compiled.origin is None:
        return False
    try:
        torch.ops.load_library(compiled.origin)
    except OSError:
        return False
    return True


def torchvision_models() -> ModuleType:
    """`torchvision.models`, imported safely."""
    if not _declared and not _operators_load():
        library = torch.library.Library("torchvision", "FRAGMENT")
        for name in OPERATORS:
            library.define(name + SCHEMA)
        _declared.append(library)
    from torchvision import models

    module: ModuleType = models
    return module
