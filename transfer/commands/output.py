"""The files that commands write."""

from pathlib import Path

from transfer.errors import TransferError
from transfer.metadata import FORMATS


def check_picture(path: Path) -> None:
    """Raises TransferError where no picture can be written in the format that a name asks for."""
    if path.suffix.lower() not in FORMATS:
        raise TransferError(f"{path} should end in {', '.join(FORMATS)}.")


def write(path: Path, content: bytes) -> None:
    """Writes a file; raises TransferError where that is not possible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> TransferError:
    """What is told of a file that could not be written."""
    return TransferError(f"{path} cannot be written: {error.strerror or error}.")
