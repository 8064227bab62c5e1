"""VGG-19: see vgg.py."""

from transfer.features.registry import VGG19_BLOCKS
from transfer.features.vgg import VGG


class VGG19(VGG):
    """VGG-19 up to the deepest of its layers."""

    blocks, title = VGG19_BLOCKS, "VGG-19"


load = VGG19.load
