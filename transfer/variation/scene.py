"""What a variation is made of: the picture, what of it must stay, and both at each size."""

import hashlib

import torch
from PIL import Image
from torch import Generator, Tensor

from transfer.engine.ladder import Rung
from transfer.errors import PictureError
from transfer.images import scaled
from transfer.inputs import Inputs, Role
from transfer.variation import rungs as pyramid
from transfer.variation.palette import Palette
from transfer.variation.recipe import VariationRecipe
from transfer.variation.source import Source

VERSION = 4  # of how variations are made: raise it where their pixels change
PALETTE_SIDE = 512  # px of the picture by which its colours are known


class Scene:
    """The inputs of a variation. Raises PictureError where there is no picture."""

    def __init__(self, inputs: Inputs, recipe: VariationRecipe, device: torch.device) -> None:
        picture = inputs.one(Role.CONTENT)
        if picture is None:
            raise PictureError("There is no picture to vary: give one.")
        self.picture, self.recipe, self.device = picture, recipe, device
        self.stays = inputs.one(Role.GUIDE)
        small = picture.copy()
        small.thumbnail((PALETTE_SIDE, PALETTE_SIDE))
        self.palette = Palette(scaled(small, small.size).to(device))

    def identity(self) -> list[object]:
        """Plain values, equal for variations that are the same at each size that both have."""
        recipe = self.recipe.model_dump(mode="json", exclude={"image_size"})
        given = [None if each is None else _digest(each) for each in (self.picture, self.stays)]
        return [recipe, *given, VERSION]

    def size(self, rung: Rung) -> tuple[int, int]:
        """(width, height) of the variation."""
        return pyramid.size(self.recipe, self.picture.size, rung.long_side)

    def source(self, rung: Rung) -> Source:
        """The picture as it is compared there."""
        size = pyramid.source_size(self.recipe, self.picture.size, self.size(rung))
        return Source(self.palette.compared(scaled(self.picture, size).to(self.device)), self.recipe.patch_size)

    def grid(self, rung: Rung) -> tuple[int, int]:
        """Rows and columns of places in the picture where a patch can begin."""
        width, height = pyramid.source_size(self.recipe, self.picture.size, self.size(rung))
        return height - self.recipe.patch_size + 1, width - self.recipe.patch_size + 1

    def drawn(self, rung: Rung, iteration: int) -> Generator:
        """What is drawn at an iteration, whatever was drawn before: so a render that was paused goes on as it would."""
        return Generator().manual_seed((self.recipe.seed << 28) + (rung.long_side << 12) + iteration)

    def start(self, rung: Rung, source: Source, generator: Generator) -> Tensor:
        """The pixels of the picture in a random order, and as many as are needed: (1, 3, H, W)."""
        width, height = self.size(rung)
        pixels = source.image[0].flatten(1)
        chosen = torch.randint(pixels.shape[1], (height * width,), generator=generator).to(self.device)
        return pixels[:, chosen].view(1, 3, height, width)

    def kept(self, rung: Rung, source: Source) -> "Kept | None":
        """What must stay, with the picture in the middle of the variation, if anything must."""
        if self.stays is None:
            return None
        width, height = self.size(rung)
        across, down = source.image.shape[3], source.image.shape[2]
        share = scaled(self.stays.convert("L").convert("RGB"), (across, down))[:, :1].to(self.device)
        canvas, where = torch.zeros(1, 3, height, width), torch.zeros(1, 1, height, width)
        kept = Kept(canvas.to(source.image), where.to(source.image))
        left, top = (width - across) // 2, (height - down) // 2
        into = (slice(max(0, top), top + down), slice(max(0, left), left + across))
        out_of = (slice(max(0, -top), max(0, -top) + height), slice(max(0, -left), max(0, -left) + width))
        kept.picture[:, :, *into] = source.image[:, :, *out_of]
        kept.share[:, :, *into] = share[:, :, *out_of]
        return kept


class Kept:
    """What must stay: a picture (1, 3, H, W), and how much of each pixel, (1, 1, H, W) in [0, 1]."""

    def __init__(self, picture: Tensor, share: Tensor) -> None:
        self.picture, self.share = picture, share

    def put(self, image: Tensor) -> Tensor:
        """The image with what must stay in its place."""
        return torch.lerp(image, self.picture, self.share)


def _digest(picture: Image.Image) -> str:
    return hashlib.sha256(f"{picture.mode} {picture.size}".encode() + picture.tobytes()).hexdigest()
