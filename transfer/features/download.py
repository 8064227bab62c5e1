"""Downloads one large file: goes on where an earlier attempt ended, and trusts nothing but its hash."""

import re
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from tqdm import tqdm

from transfer.errors import WeightsError
from transfer.features.network import file_sha256

CHUNK = 256 * 1024  # bytes
RANGE_IS_WRONG = 416  # HTTP


def download(path: Path, address: str, size: int, open_address: Callable[..., Any], progress: bool = True) -> None:
    """Fetches a file of `size` bytes to `path`.

    What has arrived stays beside it when the connection ends, and the next call goes on from there. `open_address`
    opens an address with headers, as `PackageIndexes.open` does. Raises WeightsError where it cannot be fetched.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fetch(partial, address, size, open_address, progress)
        partial.replace(path)
    except (URLError, HTTPException, OSError) as error:
        arrived = partial.stat().st_size if partial.is_file() else 0
        so_far = f"; {arrived / 1e6:.0f} of {size / 1e6:.0f} MB are here, and the same command goes on from there"
        raise WeightsError(f"{path.name} cannot be fetched ({error}){so_far if arrived else ''}.") from error


def verify(path: Path, sha256: str) -> None:
    """Raises WeightsError for a file of another SHA-256, which it throws away."""
    if (found := file_sha256(path)) != sha256:
        path.unlink()
        hashes = f"its SHA-256 is {found[:8]}... and should be {sha256[:8]}..."
        raise WeightsError(f"{path} was thrown away, since {hashes}: fetch it again.")


def _fetch(partial: Path, address: str, size: int, open_address: Callable[..., Any], progress: bool) -> None:
    """Appends what is missing; raises OSError where less arrives than there is."""
    begun = partial.stat().st_size if partial.is_file() else 0
    try:
        answer = open_address(address, **({"Range": f"bytes={begun}-"} if begun else {}))
    except HTTPError as error:
        if error.code != RANGE_IS_WRONG:
            raise
        begun, answer = 0, open_address(address)
    with answer:
        if not re.match(rf"bytes {begun}-", answer.headers.get("Content-Range") or ""):
            begun = 0  # it sends all of the file
        bar = tqdm(total=size, initial=begun, unit="B", unit_scale=True, desc=partial.stem, disable=not progress)
        with partial.open("ab" if begun else "wb") as file, bar:
            while part := answer.read(CHUNK):
                file.write(part)
                bar.update(len(part))
    if partial.stat().st_size < size:
        raise OSError("the connection ended early")
