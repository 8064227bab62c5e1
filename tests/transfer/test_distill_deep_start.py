import pytest
import torch
from safetensors.torch import save_file

from transfer.distill.corpus import Corpus
from transfer.distill.deep_start import CONVOLUTIONS, _fit, begin
from transfer.distill.evaluation import unexplained
from transfer.features import vgg16
from transfer.features.convolution import Convolution
from transfer.features.registry import BACKBONES
from transfer.features.vgg16_lite import Factored, VGG16Lite

LAYERS = BACKBONES["vgg16-lite"].layers


@pytest.fixture(scope="module")
def teacher(tmp_path_factory, vgg16_state):
    path = tmp_path_factory.mktemp("vgg16") / "teacher.safetensors"
    save_file(vgg16_state("relu5_1"), path)
    return vgg16.load(path, CONVOLUTIONS).frozen()


def fitted(teacher, corpus):
    torch.manual_seed(0)
    student, generator = VGG16Lite(LAYERS), torch.Generator().manual_seed(0)
    crops = torch.cat([corpus.crop(48, generator) for _ in range(24)])
    with torch.no_grad():
        begin(student, teacher, teacher(crops), crops)
    return student


@pytest.mark.slow
def test_the_start_explains_what_random_weights_do_not_and_is_the_same_every_time(teacher, gallery_of_twelve):
    corpus = Corpus(gallery_of_twelve)
    student, again = fitted(teacher, corpus), fitted(teacher, corpus)
    torch.manual_seed(0)
    random = unexplained(VGG16Lite(LAYERS), teacher, corpus.held_out, LAYERS)
    for layer, left in unexplained(student, teacher, corpus.held_out, LAYERS).items():
        assert left < 0.5 * random[layer], layer
    for name, value in student.state_dict().items():
        assert value.isfinite().all(), name
        assert torch.equal(value, again.state_dict()[name]), name


@pytest.mark.parametrize("squeezed", [0, 6], ids=["nothing squeezed", "squeezed to as many"])
def test_with_enough_channels_in_between_a_product_is_the_teachers_convolution(squeezed):
    torch.manual_seed(0)
    convolution, part = Convolution(6, 10).requires_grad_(False), Factored(6, squeezed, 10, 10).requires_grad_(False)
    maps = torch.rand(3, 6, 20, 24)
    _fit(part, maps, convolution, maps)
    assert torch.allclose(part(maps), convolution(maps).relu(), atol=1e-2)


def test_a_product_makes_up_for_maps_that_are_not_the_teachers():
    torch.manual_seed(0)
    convolution, part = Convolution(6, 10).requires_grad_(False), Factored(6, 0, 10, 10).requires_grad_(False)
    maps = torch.rand(3, 6, 20, 24)
    _fit(part, 3 * maps + 1, convolution, maps)
    assert torch.allclose(part(3 * maps + 1), convolution(maps).relu(), atol=1e-2)
