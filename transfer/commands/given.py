"""Pictures that commands are given as files. Free of torch."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from transfer.errors import PictureError
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
