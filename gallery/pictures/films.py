"""Films that are the result of a render: stored, and what is known of them."""

import io
from typing import Any, cast

from gallery.pictures import blobs


def stored(content: bytes) -> dict[str, Any]:
    """Stores an MP4 file; gives the fields of `Filmed`. Nothing for a render that is no film."""
    if not content:
        return {}
    frames, seconds = _length(content)
    return {"film": blobs.store("films", content, ".mp4"), "film_frames": frames, "film_seconds": seconds}


def _length(content: bytes) -> tuple[int, float]:
    """Frames and seconds of an MP4 file that was made here."""
    import av  # large, and seldom needed

    with cast(Any, av.open(io.BytesIO(content))) as film:
        video = film.streams.video[0]
        return video.frames, float(video.duration * video.time_base)
