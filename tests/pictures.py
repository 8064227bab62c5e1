"""Pictures that the tests draw."""

import io

import numpy
from PIL import Image, ImageDraw, ImageFilter


def photograph(size: tuple[int, int] = (200, 150)) -> Image.Image:
    """A house under a sky with a sun: clear shapes, soft colours."""
    width, height = size
    sky = numpy.linspace((120, 170, 230), (235, 225, 200), height)[:, None, :].repeat(width, 1)
    image = Image.fromarray(sky.astype("uint8"), "RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.7, height * 0.1, width * 0.85, height * 0.3), fill=(255, 240, 170))
    draw.rectangle((0, height * 0.75, width, height), fill=(80, 130, 70))
    draw.rectangle((width * 0.2, height * 0.45, width * 0.5, height * 0.85), fill=(180, 90, 70))
    draw.polygon(
        ((width * 0.15, height * 0.45), (width * 0.35, height * 0.2), (width * 0.55, height * 0.45)), fill=(90, 50, 50)
    )
    return image


def painting(size: tuple[int, int] = (160, 160), seed: int = 0) -> Image.Image:
    """Broad strokes in a few strong colours."""
    generator = numpy.random.default_rng(seed)
    image = Image.new("RGB", size, (30, 40, 90))
    draw = ImageDraw.Draw(image)
    palette = ((230, 180, 40), (200, 60, 40), (40, 90, 160), (240, 230, 200), (20, 20, 40))
    for _ in range(200):
        x, y = generator.uniform(0, size[0]), generator.uniform(0, size[1])
        angle, length = generator.uniform(-0.6, 0.6), generator.uniform(8, 30)
        end = (x + length * numpy.cos(angle), y + length * numpy.sin(angle))
        draw.line((x, y, *end), fill=palette[generator.integers(len(palette))], width=int(generator.integers(2, 6)))
    return image.filter(ImageFilter.SMOOTH)


def as_bytes(image: Image.Image, file_format: str = "PNG", **options: object) -> bytes:
    """`image` as a file's bytes."""
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()
