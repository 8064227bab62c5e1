"""Reads NumPy arrays out of a pickle, and runs nothing that is in it."""

import io
import pickle
from collections.abc import Iterator
from typing import Any

import numpy
from numpy._core.multiarray import _reconstruct
from numpy.typing import NDArray

from transfer.errors import WeightsError

ALLOWED = {  # what rebuilds an array, under the names of older and newer NumPys
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy", "ndarray"): numpy.ndarray,
    ("numpy", "dtype"): numpy.dtype,
}


class _ArraysAlone(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """What a name in the file stands for; raises UnpicklingError for all that does not rebuild an array."""
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"it names {module}.{name}")
        return ALLOWED[module, name]


def pickled_arrays(data: bytes, what: str) -> dict[str, NDArray[Any]]:
    """The arrays of a pickle of dictionaries in dictionaries, by their keys joined with slashes.

    Raises WeightsError, in which the file is called `what`, for a pickle of anything but arrays of numbers.
    """
    try:
        return dict(_named(_ArraysAlone(io.BytesIO(data)).load()))
    except Exception as error:  # pickle and NumPy raise many kinds of errors for what is not theirs
        raise WeightsError(f"{what} holds something other than arrays of numbers: {error}.") from error


def _named(thing: Any, name: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from _named(value, f"{name}/{key}" if name else str(key))
    elif isinstance(thing, numpy.ndarray) and thing.dtype.kind in "fiu":
        yield name, thing
    else:
        raise TypeError(f"{name or 'it'} is of type {type(thing).__name__}")
