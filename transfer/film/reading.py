"""Reads a clip, and takes the part of it that is meant. Free of torch.

`read` takes whatever the decoder opens (MP4, WebM, MOV, GIF, APNG, AVI ...), an animated WebP, or a folder of pictures.
It looks at every packet and decodes one frame only, so it takes well below a second for minutes of film. What a broken
file still holds shows when it is decoded: see `shots.py`.
"""

import hashlib
import os
from pathlib import Path

from transfer.errors import ClipError
from transfer.film.clip import Clip, Limits
from transfer.film.recipe import FilmRecipe

FOLDER_RATE = 24  # frames a second of a folder that names no rate


def read(path: Path, called: str = "", rate: int = 0) -> Clip:
    """The clip at `path`, a file or a folder of pictures that are shown at `rate` a second.

    Raises ClipError, in a sentence about what it is `called`, where there is none.
    """
    from transfer.film import animation, folder, video  # the decoder is large, and seldom needed

    called = called or str(path)
    if path.is_dir():
        return folder.read(path, called, rate or FOLDER_RATE)
    if not path.is_file():
        raise ClipError(f"There is no file {called}.")
    with path.open("rb") as file:
        is_webp = animation.is_webp(file.read(animation.HEADER))
    return animation.read(path, called) if is_webp else video.read(path, called)


def identity(path: Path) -> str:
    """The SHA-256 of a clip's file, in hexadecimal, or of the names, sizes and times of a folder's."""
    from transfer.film.folder import pictures

    if path.is_dir():
        facts = [f"{each.name} {each.stat().st_size} {each.stat().st_mtime_ns}" for each in pictures(path)]
        return hashlib.sha256(os.fsencode("\n".join(facts))).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def taken(path: Path, recipe: FilmRecipe, limits: Limits | None = None, called: str = "") -> Clip:
    """The part of a clip that a recipe takes; raises ClipError where there is none, or it is over a limit."""
    called, limits = called or str(path), limits or Limits()
    whole = read(path, called, recipe.rate)
    if limits.side and max(whole.size) > limits.side:
        raise ClipError(f"{called} is {max(whole.size):,} px long, and {limits.side:,} are the most: scale it down.")
    found = whole.part(recipe.start, recipe.length, recipe.rate)
    limits.check(found, called)
    return found
