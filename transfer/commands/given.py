"""Pictures that commands are given as files. Free of torch."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from PIL import Image

from transfer.errors import ClipError, PictureError
from transfer.inputs import Input, Role
from transfer.metadata import UsedSource
from transfer.pictures import read_picture
from transfer.style.regions import open_mask
from transfer.synthesis.land.heights import open_map


@dataclass(frozen=True)
class Given:
    """A picture that goes in, and its file."""

    input: Input
    path: Path
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, role: Role, place: int, path: Path, heights: bool = False) -> Self:
        """With `heights` it may be a heightmap. Raises PictureError where the file is none that can be used."""
        if heights:
            return cls(open_map(path), path)
        if role == Role.MASK:
            return cls(Input(role, place, open_mask(path)), path)
        found = read_picture(path)
        return cls(Input(role, place, found.picture), path, found.notes)

    @classmethod
    def of_clip(cls, role: Role, place: int, path: Path) -> Self:
        """A film or a folder of pictures, whose first frame is its picture. Raises ClipError where it is neither."""
        from transfer.film.frames import frames
        from transfer.film.reading import identity, read

        clip = read(path)
        first = next((pixels for _, pixels in frames(clip, [0], clip.size)), None)
        if first is None:
            raise ClipError(f"{path} cannot be decoded: save it again, or choose another film.")
        filmed = Input(role, place, Image.fromarray(first), clip=path, clip_sha256=identity(path))
        return cls(filmed, path, clip.notes)

    @property
    def source(self) -> UsedSource:
        """What the metadata say of it."""
        try:
            sha256 = hashlib.sha256(self.path.read_bytes()).hexdigest()
        except OSError as error:
            raise PictureError(f"{self.path} cannot be read: {error.strerror}.") from error
        return UsedSource(
            sha256=sha256,
            width=self.input.picture.width,
            height=self.input.picture.height,
            name=os.fsencode(self.path.name).decode("utf-8", "replace")[:255],
            role=self.input.role,
            place=self.input.place,
        )
