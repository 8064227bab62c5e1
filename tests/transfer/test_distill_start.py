import copy

import pytest
import torch

from transfer.distill.corpus import Corpus
from transfer.distill.evaluation import LAYERS, unexplained
from transfer.distill.start import CONVOLUTIONS, begin, leading_channels, second_moment
from transfer.features import vgg19
from transfer.features.vgg19_lite import VGG19Lite


@pytest.fixture(scope="module")
def teacher(vgg19_file):
    return vgg19.load(vgg19_file, CONVOLUTIONS).frozen()


@pytest.fixture(scope="module")
def corpus(gallery_of_twelve):
    return Corpus(gallery_of_twelve)


@pytest.fixture(scope="module")
def crops(corpus):
    generator = torch.Generator().manual_seed(0)
    return torch.cat([corpus.crop(32, generator) for _ in range(24)])


def untrained():
    torch.manual_seed(0)
    return VGG19Lite()


@pytest.fixture(scope="module")
def student(teacher, crops):
    made = untrained()
    begin(made, teacher, crops)
    return made


def channels(count, seed=0):
    """That many independent channels at many places, as rows."""
    return torch.randn(count, 4000, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def second_of(rows):
    return rows @ rows.T / rows.shape[1]


def test_independent_channels_are_taken_before_their_mixtures():
    independent = channels(3)
    mixtures = torch.tensor([[0.5, 0.5, 0], [0, 0.3, 0.7], [0.2, 0.2, 0.2]], dtype=torch.float64) @ independent
    second = second_of(torch.cat([independent, mixtures]))
    chosen = leading_channels(second, 3)
    kept = second[chosen][:, chosen]
    left = second - second[:, chosen] @ torch.linalg.solve(kept, second[chosen])
    assert left.diagonal().max() < 1e-6


def test_of_copies_one_is_taken_before_all_others_are():
    rows = channels(4)
    second = second_of(rows[[0, 0, 0, 1, 2, 2, 3]])
    chosen = leading_channels(second, 4)
    copies = ({0, 1, 2}, {3}, {4, 5}, {6})
    assert [len(group & set(chosen)) for group in copies] == [1, 1, 1, 1]


def test_the_channel_that_explains_most_comes_first():
    rows = channels(4)
    rows[2] *= 10
    assert leading_channels(second_of(rows), 1) == [2]


def test_every_channel_is_taken_once_even_where_nothing_is_left_to_explain():
    rows = channels(2)
    second = second_of(torch.cat([rows, torch.zeros(2, 4000, dtype=torch.float64), rows]))
    assert sorted(leading_channels(second, 6)) == list(range(6))
    assert sorted(leading_channels(torch.zeros(3, 3), 3)) == [0, 1, 2]


def test_the_second_moment_is_the_mean_outer_product_over_pictures_and_places():
    features = torch.rand(2, 3, 4, 5)
    vectors = features.permute(1, 0, 2, 3).flatten(1).double()
    assert torch.allclose(second_moment(features), vectors @ vectors.T / 40, rtol=1e-5)


def test_the_start_explains_what_random_weights_do_not_on_pictures_that_it_never_saw(student, teacher, corpus):
    fitted = unexplained(student, teacher, corpus.held_out)
    random = unexplained(untrained(), teacher, corpus.held_out)
    for layer in LAYERS:
        assert fitted[layer] < 0.1 * random[layer]


def test_every_weight_is_finite_and_another_than_before(student):
    before = untrained().state_dict()
    for name, value in student.state_dict().items():
        assert value.isfinite().all()
        assert not torch.equal(value, before[name]) or name == "squeeze2_1.bias"


def test_the_same_pictures_give_the_same_start(student, teacher, crops):
    again = untrained()
    begin(again, teacher, crops)
    for name, value in again.state_dict().items():
        assert torch.equal(value, student.state_dict()[name]), name


def test_the_weights_that_were_there_do_not_matter(student, teacher, crops):
    other = copy.deepcopy(student)
    begin(other, teacher, crops)
    for name, value in other.state_dict().items():
        assert torch.equal(value, student.state_dict()[name]), name


def test_the_teacher_is_left_alone(teacher, crops):
    before = {name: value.clone() for name, value in teacher.state_dict().items()}
    begin(untrained(), teacher, crops[:4])
    assert all(torch.equal(value, before[name]) for name, value in teacher.state_dict().items())
