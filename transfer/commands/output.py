"""The files that commands write, and whether they can be: that is found out before anything is painted."""

import os
import tempfile
from collections.abc import Iterable
from errno import EDQUOT, ENOSPC
from pathlib import Path

from transfer.errors import TransferError
from transfer.kinds import Size
from transfer.metadata import FORMATS
from transfer.replacing import replacing

LONGEST_SIDE = {".webp": 16383, ".jpg": 65500, ".jpeg": 65500}  # px
PIXELS_PER_BYTE = 8  # no format writes a painted picture smaller than that
LEAST_ROOM = 64 * 1024  # bytes


def check_picture(path: Path) -> None:
    """Raises TransferError where no picture can be written to a file, or not in the format that its name asks for."""
    if path.suffix.lower() not in FORMATS:
        raise TransferError(f"{path} should end in {', '.join(FORMATS)}.")
    check_file(path)


def check_film(path: Path) -> None:
    """Raises TransferError where no film can be written to a file."""
    if path.suffix.lower() != ".mp4":
        raise TransferError(f"{path} should end in .mp4.")
    check_file(path)


def check_size(path: Path, size: Size) -> None:
    """Raises TransferError where a picture of this size does not fit into the format, or the disk has no room."""
    most = LONGEST_SIDE.get(path.suffix.lower())
    if most is not None and max(size) > most:
        raise TransferError(
            f"{path} cannot be {max(size):,} px long: {path.suffix} goes up to {most:,} px, so write a .png."
        )
    _check_room(path, size[0] * size[1] // PIXELS_PER_BYTE)


def check_files(paths: Iterable[Path | None]) -> None:
    """Raises TransferError where one of the files that are named cannot be written, or two are one."""
    named = [path for path in paths if path is not None]
    for index, path in enumerate(named):
        check_file(path)
        if any(os.path.realpath(path) == os.path.realpath(other) for other in named[:index]):
            raise TransferError(f"{path} is named twice: give each result a file of its own.")


def check_apart(outputs: Iterable[Path | None], given: Iterable[Path]) -> None:
    """Raises TransferError where a result would take the place of something that it is made of."""
    there = [path for path in outputs if path is not None and path.exists()]
    for path in given:
        for output in there:
            if path.exists() and output.samefile(path):
                raise TransferError(f"{output} is among what goes in: name another file for what comes out.")


def check_file(path: Path) -> None:
    """Raises TransferError where a file cannot be written. One that is there keeps its content."""
    folder = path.parent
    try:
        if not folder.is_dir():
            raise TransferError(f"There is no folder {folder}: make it first.")
        if path.is_dir():
            raise TransferError(f"{path} cannot be written, because it is a folder: name a file in it.")
        _open_for_writing(Path(os.path.realpath(path)))
    except OSError as error:
        raise unwritten(path, error) from error
    _check_room(path, LEAST_ROOM)


def _open_for_writing(path: Path) -> None:
    if path.exists() and not path.is_file():  # a pipe or a device: whoever reads it would see it opened
        if not os.access(path, os.W_OK):
            raise PermissionError(None, "Permission denied")
        return
    was_there = path.exists()
    with path.open("ab"):
        pass
    if not was_there:
        path.unlink()


def check_folder(path: Path) -> None:
    """Raises TransferError where files cannot be written in a folder, which is made if it is not there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return
    except OSError as error:
        raise unwritten(path, error) from error


def _check_room(path: Path, size: int) -> None:
    """Raises TransferError where a disk has no room for `size` bytes beside a file."""
    if (path.exists() and not path.is_file()) or not hasattr(os, "posix_fallocate"):
        return
    try:
        with tempfile.TemporaryFile(dir=path.parent) as file:
            os.posix_fallocate(file.fileno(), 0, max(size, LEAST_ROOM))
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise unwritten(path, error) from error


def write(path: Path, content: bytes) -> None:
    """Writes a file, whole or not at all; raises TransferError where that is not possible."""
    try:
        with replacing(path) as unfinished:
            unfinished.write_bytes(content)
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> TransferError:
    """What is told of a file that could not be written."""
    return TransferError(f"{path} cannot be written: {error.strerror or error}.")
