"""VGG-16: see vgg.py."""

from transfer.features.registry import VGG16_BLOCKS
from transfer.features.vgg import VGG


class VGG16(VGG):
    """VGG-16 up to the deepest of its layers."""

    blocks, title = VGG16_BLOCKS, "VGG-16"


load = VGG16.load
