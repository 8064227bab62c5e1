import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from benchmarks.judge.dead import dead
from benchmarks.judge.lpips import SLICES, Lpips
from benchmarks.judge.score import Judge
from benchmarks.judge.weights import Unusable

ALEXNET = ((64, 3, 11), (192, 64, 5), (384, 192, 3), (256, 384, 3), (256, 256, 3))


@pytest.fixture(scope="session")
def alexnet():
    """Random weights of LPIPS, by our names."""
    generator, found = torch.Generator().manual_seed(0), {}
    for index, (outputs, inputs, side) in enumerate(ALEXNET):
        spread = (2 / (inputs * side**2)) ** 0.5
        found[f"conv{index}.weight"] = spread * torch.randn(outputs, inputs, side, side, generator=generator)
        found[f"conv{index}.bias"] = torch.zeros(outputs)
        found[f"lin{index}"] = torch.rand(outputs, generator=generator)
    return found


@pytest.fixture(scope="session")
def judge(tmp_path_factory, alexnet, vgg19_file):
    path = tmp_path_factory.mktemp("lpips") / "lpips.safetensors"
    save_file(alexnet, path)
    return Judge(vgg19_file, path)


@pytest.fixture(autouse=True)
def smaller(monkeypatch):
    """Sizes at which a test is quick."""
    monkeypatch.setattr("benchmarks.judge.style.SIDES", (64, 128))


def test_a_picture_is_at_no_distance_from_itself(judge, draw_style):
    picture = draw_style(160, 128)
    found = judge.score(picture, picture, picture)
    assert all(abs(value) < 1e-4 for name, value in found.items() if name != "dead")
    assert found["dead"] < 0.05


def test_another_picture_is_worse_by_every_score(judge, draw_content, draw_style):
    content, style = draw_content(160, 128), draw_style(128, 128)
    near, far = Image.blend(content, style.resize(content.size), 0.2), style.resize(content.size)
    of_near, of_far = judge.score(near, content, style), judge.score(far, content, style)
    assert all(of_near[name] < of_far[name] for name in ("lpips", "content_vgg"))
    assert all(of_near[name] > of_far[name] for name in ("style_vgg", "style_patch", "dead"))


def test_one_colour_is_all_dead(draw_style):
    flat = Image.new("RGB", (160, 128), "#707070")
    assert dead(flat, draw_style(128, 128)) == 1


def test_weights_as_their_authors_save_them_give_the_same(judge, alexnet, tmp_path, draw_content, draw_style):
    theirs = {f"lin{index}.model.1.weight": alexnet[f"lin{index}"].view(1, -1, 1, 1) for index in range(5)}
    for index, name in enumerate(SLICES):
        theirs |= {f"net.{name}.{part}": alexnet[f"conv{index}.{part}"] for part in ("weight", "bias")}
    torch.save(theirs, tmp_path / "lpips.pth")
    pictures = draw_content(96, 72), draw_style(96, 72)
    with torch.no_grad():
        assert Lpips(tmp_path / "lpips.pth")(*pictures) == judge.lpips(*pictures)


def test_what_is_missing_is_said_in_a_sentence(run_python, tmp_path, vgg19_file):
    finished = run_python("-m", "benchmarks.styleid", tmp_path, "--vgg19", vgg19_file)
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"error: There are no pictures in {tmp_path}/cnt: give the folder of StyleID's")
    assert finished.stderr.count("\n") == 1
    with pytest.raises(Unusable, match="There is no file"):
        Lpips(tmp_path / "none.pth")
    with pytest.raises(Unusable, match=r"holds no conv0\.weight"):
        Lpips(vgg19_file)
