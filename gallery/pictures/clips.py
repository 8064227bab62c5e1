"""Untrusted bytes to a clip: what of it is checked before anything is queued, and the picture that stands for it.

Its file is stored as it came and never served: only workers read it. A frame of it is its picture.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from PIL import Image

from gallery.models import Render
from gallery.pictures import names
from gallery.pictures.credits import of_output
from gallery.pictures.uploads import Decoded, Known, about_size, fitted, one_at_a_time
from transfer import words
from transfer.errors import ClipError
from transfer.film.footage import Footage

ACCEPTED = "video/mp4,video/webm,video/quicktime,image/gif,image/webp,image/apng,.mkv,.avi"
SHOWN = 0.25  # of the way through a clip, where that can be decoded: many begin in black
MOST_DECODED = 240  # frames on the way there, of a clip that has few frames which need no other


def limits() -> dict[str, int]:
    """What a browser can tell of a file before it is sent."""
    return {"bytes": settings.CLIP_BYTES, "clip": 1}


def decode(upload: UploadedFile) -> Decoded:
    """The clip in an upload. Raises ValidationError with one sentence for the person when it is none."""
    name = names.kept(PurePath(upload.name or "").name)
    called = names.called(name)
    if upload.size is None or upload.size > settings.CLIP_BYTES:
        largest = words.memory(settings.CLIP_BYTES)
        raise ValidationError(f"{called} is larger than {largest}: save it smaller, or a shorter part of it.")
    return _decoded(upload, name, called)


def decode_output(render: Render) -> Decoded:
    """The film that came of a finished render. Raises ValidationError with one sentence when it cannot be used."""
    if not render.film:
        raise ValidationError("That render is a picture: choose a film.")
    called = render.title or render.name
    try:
        with render.film.open() as stored:
            content = stored.read()
    except OSError as error:
        raise ValidationError("The film of that render cannot be read any more.") from error
    found = _decoded(ContentFile(content), called, names.called(called))
    return replace(found, known=Known(credit=of_output(render)))


def _decoded(film: "File[bytes]", name: str, called: str) -> Decoded:
    from transfer.film.frames import frames
    from transfer.film.reading import read

    try:
        with one_at_a_time, _on_disk(film) as path:
            clip = read(path, called)
            if complaint := about_size(*clip.size):
                raise ValidationError(complaint.replace("This picture", called))
            wanted = sorted({0, min(int(clip.frames * SHOWN), MOST_DECODED)})
            found = [pixels for _, pixels in frames(clip, wanted, fitted(clip.size))]
    except ClipError as error:
        raise ValidationError(str(error)) from error
    if not found:
        raise ValidationError(f"{called} cannot be decoded: save it again, or choose another film.")
    footage = Footage(clip.size, clip.frames, clip.seconds)
    return Decoded(Image.fromarray(found[-1]), name[:255], film=film, footage=footage, notes=clip.notes)


@contextmanager
def _on_disk(film: "File[bytes]") -> Iterator[Path]:
    """A file for what reads only those that have a path."""
    if isinstance(film, TemporaryUploadedFile):
        yield Path(film.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(suffix=".clip") as copy:
        for piece in film.chunks():
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)
