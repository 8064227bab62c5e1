"""Checkpoints keep their keys: those here were computed before keys had a version."""

from dataclasses import replace

import pytest

from tests.transfer import golden
from transfer.engine import checkpoint
from transfer.recipes.style import StyleRecipe
from transfer.style.identity import identity, key

KEYS = {
    "default": "24e810807de39da418b0431cd8193710a3f2a32818cd8712e55643296292db64",
    "several styles": "c4489808d4229a87b725cdb43e54d45623c8929f312baa13a72936f4b457b0f9",
    "regions": "7173d1ec94fdd9e4207abfd1de47266cb9dedcd832243e115f341af87fb0080d",
    "gram": "0750c0034b648b91f2f5ec091bb29ffdb172f81def0cab15a9abc79bcbfa192c",
    "normalised gradients": "0b00e0e52a9743c5b2bb9e3c2c44a27ae14789f469c7c6ebf93087ba1806ff6c",
    "lbfgs": "aee7466272e76a8d27ef8a43b1b3e4dc1f1b2033c7d0143c17d7bf3b56cad77e",
    "noise": "2fe2a4f7f5bb504b18d032b04228227fa54951f23a18cd87e2ae7559798b84ba",
    "picture": "a50f457c503e29fd5ba28abddc54003ddbde5024d4f4277f2da8ff6c2d43755d",
    "original colours": "a49d0b3c940c7010d1699f9876653e484da82f2fe38d9c46d3944c75c738e65d",
    "early stopping": "add4a65fd52a5ee11c5424b8e2d2c18a1bb11e536d3bed25e88af8f00aae4c78",
    "large": "600ee691284b8b5df8b878fefba8eba0fbd24859eff4e2e871ae94f6786a8014",
    "tiled": "b0e75ae9339d1f09cf4f493ea14110c91a274dcab033da5488567a8784e55f98",
}
VGG19 = {"backbone": "vgg19", "pooling": "max", "content_layers": "relu4_2", "image_size": 1024, "seed": 7}
BEFORE = {"init": "content", "num_iterations": 110}  # what was not said
KEY_OF_VGG19 = "1819a521703a8aec57ace3c3df743a8008e967bfa958a94e703b325aa48cddb5"


def first_key(*given):
    return checkpoint.key(identity(*given), 1)


@pytest.mark.parametrize("way", KEYS)
def test_the_key_of_a_render_of_version_1_is_what_it_was(way):
    assert first_key(golden.inputs(way), StyleRecipe(**BEFORE | golden.WAYS[way]), "ab" * 32) == KEYS[way]


def test_the_key_of_a_render_through_another_network_without_masks_is_what_it_was():
    bare = replace(golden.inputs("default"), init=None, content_mask=None, style_masks=())
    assert first_key(bare, StyleRecipe(**BEFORE | VGG19), "cd" * 32) == KEY_OF_VGG19


def test_another_version_of_the_algorithm_has_other_keys(monkeypatch):
    given = golden.inputs("default"), StyleRecipe(), "ab" * 32
    found = set()
    for version in (1, 2, 3):
        monkeypatch.setattr(checkpoint, "VERSION", version)
        found.add(key(*given))
    assert len(found) == 3
