"""Pictures that the project draws itself, so that benchmarks and documentation need no others.

`village` and `coast` serve as content, `brush` and `mosaic` as style. Each is the same at every call.
"""

import math

import numpy
from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
NIGHT: tuple[Colour, ...] = ((16, 28, 78), (27, 58, 130), (46, 98, 168), (108, 156, 196), (214, 222, 196))
FIRE: tuple[Colour, ...] = ((250, 206, 70), (238, 150, 44), (214, 84, 40))
STONES: tuple[Colour, ...] = ((188, 66, 48), (226, 170, 76), (58, 112, 120), (238, 226, 200), (44, 48, 66))


def noise(size: tuple[int, int], grain: int, seed: int) -> numpy.ndarray:
    """Smooth noise in [0, 1] of shape (height, width): octaves from `grain` px down, each half the last."""
    generator = numpy.random.default_rng(seed)
    total = numpy.zeros((size[1], size[0]))
    strength = 1.0
    while grain >= 2:
        cells = (size[0] // grain + 2, size[1] // grain + 2)
        coarse = Image.fromarray(generator.random(cells[::-1]).astype("float32"), "F")
        total += strength * numpy.asarray(coarse.resize(size, Image.Resampling.BICUBIC))
        grain, strength = grain // 2, strength / 2
    low, high = total.min(), total.max()
    return numpy.asarray((total - low) / (high - low))


def village(size: tuple[int, int] = (1024, 768)) -> Image.Image:
    """Houses and a church by a river, below hills and a cloudy sky."""
    width, height = size
    rows = numpy.linspace(0, 1, height)[:, None, None]
    sky = (1 - rows) * numpy.array((98, 150, 206)) + rows * numpy.array((246, 226, 190))
    clouds = (noise(size, width // 3, 1) ** 2)[:, :, None]
    image = Image.fromarray((sky * (1 - 0.6 * clouds) + 250 * 0.6 * clouds).astype("uint8"), "RGB")
    draw = ImageDraw.Draw(image)
    for layer, colour in enumerate(((134, 152, 168), (106, 132, 122), (82, 112, 84))):
        ridge = noise((width, 8), width // 3, 10 + layer)[4]
        top = height * (0.38 + 0.07 * layer) - ridge * height * 0.16
        draw.polygon([(0, height), *zip(range(width), top, strict=True), (width, height)], fill=colour)
    generator = numpy.random.default_rng(4)
    for left in numpy.arange(0.02, 0.95, 0.085):
        _house(draw, size, left + generator.uniform(-0.01, 0.01), generator)
    _church(draw, size)
    _river(image, draw)
    return image.filter(ImageFilter.GaussianBlur(width / 1500))


def _house(draw: ImageDraw.ImageDraw, size: tuple[int, int], left: float, generator: numpy.random.Generator) -> None:
    width, height = size
    walls = ((236, 222, 196), (214, 176, 130), (198, 140, 110), (232, 232, 226))
    roofs = ((150, 70, 54), (120, 62, 60), (92, 84, 92))
    x, broad = left * width, generator.uniform(0.07, 0.1) * width
    foot, eaves = 0.74 * height, generator.uniform(0.54, 0.6) * height
    ridge = eaves - generator.uniform(0.06, 0.1) * height
    draw.rectangle((x, eaves, x + broad, foot), fill=walls[generator.integers(len(walls))])
    corners = ((x - broad * 0.06, eaves), (x + broad / 2, ridge), (x + broad * 1.06, eaves))
    draw.polygon(corners, fill=roofs[generator.integers(len(roofs))])
    for column in (0.2, 0.6):
        for row in (0.15, 0.55):
            window = x + column * broad, eaves + row * (foot - eaves)
            draw.rectangle((*window, window[0] + broad * 0.18, window[1] + (foot - eaves) * 0.22), fill=(70, 78, 96))


def _church(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    width, height = size
    draw.rectangle((0.6 * width, 0.36 * height, 0.665 * width, 0.74 * height), fill=(206, 196, 180))
    spire = ((0.593 * width, 0.365 * height), (0.6325 * width, 0.1 * height), (0.672 * width, 0.365 * height))
    draw.polygon(spire, fill=(74, 84, 96))
    draw.ellipse((0.62 * width, 0.41 * height, 0.645 * width, 0.445 * height), fill=(240, 232, 210))


def _river(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    """The lower quarter mirrors what stands above it."""
    width, height = image.size
    shore = round(0.74 * height)
    mirrored = image.crop((0, 2 * shore - height, width, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    water = Image.blend(
        mirrored.filter(ImageFilter.GaussianBlur(width / 250)), Image.new("RGB", mirrored.size, (60, 92, 112)), 0.45
    )
    image.paste(water, (0, shore))
    draw.rectangle((0, shore - height * 0.008, width, shore + height * 0.012), fill=(96, 108, 84))


def coast(size: tuple[int, int] = (1024, 768)) -> Image.Image:
    """The height map of an island: grey land in a black sea."""
    width, height = size
    y, x = numpy.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    land = noise(size, width // 3, 7) + 0.55 - 0.95 * numpy.hypot(x * 0.9, y)
    levels = numpy.where(land > 0.3, 70 + 240 * (land - 0.3), 12)
    return Image.fromarray(levels.clip(0, 255).astype("uint8"), "L").convert("RGB")


def brush(size: tuple[int, int] = (900, 720)) -> Image.Image:
    """Thick strokes of oil paint that follow a swirling sky."""
    width, height = size
    generator = numpy.random.default_rng(11)
    turning = noise(size, width // 2, 21) * 4 * math.pi
    tone = noise(size, width // 3, 22)
    image = Image.new("RGB", size, NIGHT[0])
    draw = ImageDraw.Draw(image)
    suns = generator.uniform((0.1, 0.1), (0.9, 0.9), (5, 2)) * size
    for stroke in range(9000):
        x, y = generator.uniform(0, width), generator.uniform(0, height)
        distances = numpy.hypot(*(suns - (x, y)).T) / width
        nearest = int(distances.argmin())
        angle = turning[int(y), int(x)]
        palette = NIGHT
        position = tone[int(y), int(x)] + generator.normal(0, 0.12)
        if distances[nearest] < 0.11:
            angle = math.atan2(y - suns[nearest][1], x - suns[nearest][0]) + math.pi / 2
            palette, position = FIRE, distances[nearest] / 0.11 + generator.normal(0, 0.15)
        colour = palette[int(numpy.clip(position * len(palette), 0, len(palette) - 1))]
        broad = (8, 5, 3)[min(2, stroke // 3500)] * width / 900
        _stroke(draw, (x, y), angle, generator.uniform(3, 6) * broad, broad, _varied(colour, generator))
    return image.filter(ImageFilter.UnsharpMask(1, 60, 0))


def _stroke(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], angle: float, length: float, broad: float, colour: Colour
) -> None:
    """A bent line with a lighter edge, like paint that stands out from the canvas."""
    points = [start]
    for part in range(4):
        x, y = points[-1]
        bent = angle + 0.12 * part
        points.append((x + length / 4 * math.cos(bent), y + length / 4 * math.sin(bent)))
    draw.line(points, fill=colour, width=max(1, round(broad)), joint="curve")
    light = tuple(min(255, round(level * 1.18 + 10)) for level in colour)
    raised = [(x, y - broad * 0.3) for x, y in points]
    draw.line(raised, fill=light, width=max(1, round(broad * 0.25)))


def mosaic(size: tuple[int, int] = (800, 800)) -> Image.Image:
    """Small stones set in waves, with grout between them."""
    generator = numpy.random.default_rng(31)
    image = Image.new("RGB", size, (206, 198, 184))
    draw = ImageDraw.Draw(image)
    tone = noise(size, size[0] // 2, 32)
    step = size[0] / 50
    for row in range(56):
        for column in range(56):
            x = column * step + (row % 2) * step / 2 - step
            y = row * step + 0.8 * step * math.sin(column / 4) - step
            if not (0 <= x < size[0] and 0 <= y < size[1]):
                continue
            position = tone[int(y), int(x)] * len(STONES) + generator.normal(0, 0.35)
            colour = _varied(STONES[int(numpy.clip(position, 0, len(STONES) - 1))], generator)
            side, turn = step * generator.uniform(0.36, 0.44), generator.normal(0, 0.15)
            corners = [
                (x + side * 1.4 * math.cos(turn + quarter), y + side * 1.4 * math.sin(turn + quarter))
                for quarter in numpy.arange(4) * math.pi / 2 + math.pi / 4
            ]
            draw.polygon(corners, fill=colour)
    return image


def _varied(colour: Colour, generator: numpy.random.Generator) -> Colour:
    red, green, blue = (int(numpy.clip(level + generator.normal(0, 9), 0, 255)) for level in colour)
    return red, green, blue
