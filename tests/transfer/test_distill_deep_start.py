import pytest
import torch
from safetensors.torch import save_file

from transfer.distill.corpus import Corpus
from transfer.distill.deep_start import DEEP_CONVOLUTIONS, behind_relu
from transfer.distill.evaluation import unexplained
from transfer.distill.least_squares import least_squares
from transfer.distill.lessons import LESSONS
from transfer.features.vgg16 import VGG16
from transfer.features.vgg19_lite import DEEP

DEEP_LESSON = LESSONS["deep"]


def test_a_fit_behind_the_relu_is_better_there_than_one_before_it():
    random = torch.Generator().manual_seed(0)
    inputs = torch.randn(4000, 12, generator=random)
    hidden = torch.randn(12, 5, generator=random)
    before = (inputs @ hidden).tanh() * 3 - 1 + 0.3 * torch.randn(4000, 5, generator=random)
    wanted = before.clamp_min(0)
    errors = []
    for weight, bias in (least_squares(inputs, before), behind_relu(inputs, wanted)):
        found = (inputs @ weight.T.float() + bias.float()).clamp_min(0)
        errors.append(float((found - wanted).square().sum()))
    assert errors[1] < 0.95 * errors[0]


@pytest.fixture(scope="module")
def teacher(tmp_path_factory, vgg16_state):
    path = tmp_path_factory.mktemp("teacher") / "a.safetensors"
    save_file(vgg16_state("relu5_1"), path)
    return VGG16.load(path, DEEP_CONVOLUTIONS).frozen()


@pytest.mark.slow
def test_the_start_explains_what_random_weights_do_not_and_leaves_the_layers_below_alone(teacher, gallery_of_twelve):
    corpus, random = Corpus(gallery_of_twelve), torch.Generator().manual_seed(0)
    crops = torch.cat([corpus.crop(64, random) for _ in range(24)])
    student = DEEP_LESSON.student()
    untrained = unexplained(student, teacher, DEEP, corpus.held_out)
    below = {name: value.clone() for name, value in student.state_dict().items()}
    DEEP_LESSON.begin(student, teacher, crops)
    begun = unexplained(student, teacher, DEEP, corpus.held_out)
    assert begun["relu4_1"] < 0.5 * untrained["relu4_1"]
    assert begun["relu5_1"] < 0.5 * untrained["relu5_1"]
    taught = DEEP_LESSON.taught(student)
    for name, value in student.state_dict().items():
        assert (name in taught) != torch.equal(value, below[name]), name
