"""`content_vgg`: one minus the cosine similarity of instance-normalised relu3_1 of VGG-19, at 256 px.

It compares structure and not colour. 0 for the content itself, 1 where nothing of it is left.
"""

from PIL import Image
from torch import Tensor
from torch.nn import functional

from benchmarks.judge.pictures import tensor
from benchmarks.judge.vgg19 import Vgg19

SIDE = 256  # px
LEAST_DEVIATION = 1e-3


def content_vgg(network: Vgg19, output: Image.Image, content: Image.Image) -> float:
    """How much of the content's structure is lost."""
    wanted = tensor(content, SIDE)
    height, width = wanted.shape[2:]
    found = functional.interpolate(tensor(output, SIDE), (height, width), mode="bicubic").clamp(0, 1)
    similarity = functional.cosine_similarity(_normalised(network(found)[2]), _normalised(network(wanted)[2]))
    return 1 - float(similarity)


def _normalised(features: Tensor) -> Tensor:
    deviation = features.std((2, 3), keepdim=True) + LEAST_DEVIATION
    return ((features - features.mean((2, 3), keepdim=True)) / deviation).flatten(1)
