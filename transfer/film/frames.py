"""The frames of any clip, one by one: never more than one is in memory. Free of torch."""

from collections.abc import Iterator, Sequence

from transfer.film import animation, folder, video
from transfer.film.clip import Clip, Size
from transfer.film.video import Pixels


def frames(clip: Clip, numbers: Sequence[int], size: Size) -> Iterator[tuple[int, Pixels]]:
    """Frames with these rising numbers as sRGB bytes (H, W, 3), upright, on white, scaled to (width, height).

    Those that cannot be decoded are left out.
    """
    if clip.path.is_dir():
        return folder.frames(clip, numbers, size)
    with clip.path.open("rb") as file:
        is_webp = animation.is_webp(file.read(animation.HEADER))
    return animation.frames(clip, numbers, size) if is_webp else video.frames(clip, numbers, size)
