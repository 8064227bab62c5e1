"""From whatever a file has to 8-bit sRGB without transparency, as browsers show it."""

import io
from typing import Any

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageCms

SRGB = ImageCms.createProfile("sRGB")
WITHOUT_ALPHA = {"P": "RGB", "PA": "RGB", "1": "L", "LA": "L", "La": "L", "RGBA": "RGB", "RGBa": "RGB", "RGBX": "RGB"}
WITH_ALPHA = ("LA", "La", "RGBA", "RGBa")
KEYED = ("1", "L", "I;16", "RGB")  # modes in which one colour may be transparent
USUAL_GAMMA, SAME_GAMMA = 1 / 2.2, 0.05  # as good as sRGB, within this part of it
GAMMAS = (0.05, 5.0)  # what lies outside is no gamma
LOWEST = -30000.0  # what is below stands for "no number", as -32768 and -3.4e38 do
HIGHEST_PLACE = 9000  # metres: 16-bit levels that stay below are heights, or nearly black


def canonical(image: Image.Image) -> Image.Image:
    """A decoded picture as RGB: sRGB, 8 bit, transparent parts on white, and nothing but pixels.

    `image.info` may hold `icc_profile`, `gamma` (as PNG's gAMA has it) and `transparency`.
    """
    return converted(image)[0]


def converted(image: Image.Image) -> tuple[Image.Image, tuple[float, float] | None]:
    """The same, and the lowest and highest of the picture's levels if these were made black and white."""
    image.load()
    profile, gamma = image.info.get("icc_profile"), _unusual(image.info.get("gamma"))
    if image.mode in ("P", "PA") and image.has_transparency_data:
        image = image.convert("RGBA")
    alpha = _alpha(image)
    stretched: tuple[float, float] | None = None
    if is_deep(image):
        image, stretched = _shades(image, gamma)
    else:
        image = image.convert(WITHOUT_ALPHA.get(image.mode, image.mode))
        if gamma and image.mode in ("L", "RGB"):
            levels = 255 * _to_srgb(numpy.arange(256) / 255, gamma)
            image = image.point([int(level) for level in levels.round()] * len(image.getbands()))
    colours = _in_srgb(image, profile)
    if alpha is not None:
        white = Image.new("RGB", colours.size, "white")
        white.paste(colours, mask=alpha)
        colours = white
    colours.info = {}
    return colours, stretched


def is_deep(image: Image.Image) -> bool:
    """Whether a picture is grey, and has more levels than 8 bits can hold."""
    return image.mode == "F" or image.mode.startswith("I")


def _shades(image: Image.Image, gamma: float) -> tuple[Image.Image, tuple[float, float] | None]:
    """Greys of more than 8 bits in 8 bits.

    16-bit levels keep their meaning. Levels in other units, such as heights in metres, are stretched. In modes of
    unknown depth (I and F), whole numbers from 0 to 255 stay as they are.
    """
    levels = numpy.asarray(image)
    values: NDArray[Any] = levels.astype(numpy.float32)
    known = numpy.isfinite(values) & (values > LOWEST)
    if not known.any():
        return Image.new("L", image.size), None
    low, high = float(values[known].min()), float(values[known].max())
    values = numpy.where(known, values, numpy.float32(low))
    stretched = None
    if _are_levels(image, levels, low, high):
        values = values / numpy.float32(65535 if high > 255 or image.mode.startswith("I;16") else 255)
        values = _to_srgb(values, gamma) if gamma else values
    elif high > low:
        stretched = low, high
        values = (values - numpy.float32(low)) / numpy.float32(high - low)
    elif high > 1:
        values = values / numpy.float32(255)
    return Image.fromarray((values * numpy.float32(255)).round().clip(0, 255).astype(numpy.uint8), "L"), stretched


def _are_levels(image: Image.Image, levels: NDArray[Any], low: float, high: float) -> bool:
    """Whether these are levels of 8 or 16 bits, and not heights or parts of 1."""
    if image.mode.startswith("I;16"):
        return high == low or high > HIGHEST_PLACE
    are_whole = levels.dtype.kind in "iu" or bool((levels == numpy.floor(levels)).all())
    return are_whole and low >= 0 and (1 < high <= 255 or HIGHEST_PLACE < high <= 65535)


def _alpha(image: Image.Image) -> Image.Image | None:
    """How opaque each pixel is; None where all are."""
    if image.mode in WITH_ALPHA:
        plain = {"La": "LA", "RGBa": "RGBA"}.get(image.mode)
        return (image.convert(plain) if plain else image).getchannel("A")
    key = image.info.get("transparency")
    if key is not None and image.mode in KEYED and not isinstance(key, bytes):
        same = numpy.asarray(image) == numpy.array(bool(key) if image.mode == "1" else key)
        same = same.all(axis=2) if same.ndim == 3 else same
        return Image.fromarray(numpy.where(same, 0, 255).astype(numpy.uint8), "L")
    return None


def _unusual(gamma: object) -> float:
    """A gamma that makes a difference, else 0."""
    if not isinstance(gamma, int | float) or not GAMMAS[0] <= gamma <= GAMMAS[1]:
        return 0.0
    return 0.0 if abs(gamma / USUAL_GAMMA - 1) <= SAME_GAMMA else float(gamma)


def _to_srgb(values: NDArray[Any], gamma: float) -> NDArray[Any]:
    """For values from 0 to 1 those of sRGB (IEC 61966-2-1) that are as bright."""
    light = values ** (1 / gamma)
    return numpy.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture converted from its own profile to sRGB; ignores an unusable profile, as browsers do."""
    if profile and image.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")
