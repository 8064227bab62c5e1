import hashlib
import socket
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from transfer.errors import WeightsError
from transfer.features.fetch_published import fetch_published, published_address
from transfer.features.registry import BACKBONES, GOOGLENET_FILE, VGG19_FILE


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(autouse=True)
def straight_to_this_machine(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def vendor(tmp_path):
    """A folder, and the address where a server on this machine serves it."""
    folder = tmp_path / "vendor"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def published(vendor, vgg19_file, named_with_hash):
    """The path of a file of weights at the vendor's, and its address."""
    folder, address = vendor
    path = folder / "vgg19.safetensors"
    path.write_bytes(vgg19_file.read_bytes())
    path = named_with_hash(path)
    return path, f"{address}/{path.name}"


@pytest.fixture
def destination(tmp_path):
    return tmp_path / "cache" / "stylesite" / "vgg19.safetensors"


@pytest.fixture
def refused_address():
    """An address on this machine where nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}/vgg19-0123abcd.pth"


def fetch(address, destination):
    return fetch_published("vgg19", address, destination, progress=False)


def test_the_file_is_fetched_verified_and_its_whole_hash_recorded(published, destination):
    path, address = published
    found, sha256 = fetch(address, destination)
    assert found == destination
    assert destination.read_bytes() == path.read_bytes()
    assert sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    record = destination.with_name(destination.name + ".sha256")
    assert record.read_text() == f"{sha256}  {destination.name}\n"


def test_what_was_fetched_loads(published, destination):
    fetch(published[1], destination)
    assert len(BACKBONES["vgg19"].load(("relu1_1", "relu3_1"), destination).features) == 5


def test_it_goes_to_where_the_environment_variable_says(published, destination, monkeypatch):
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(destination))
    found, _ = fetch_published("vgg19", published[1], progress=False)
    assert found == destination
    assert BACKBONES["vgg19"].available


def test_what_has_another_hash_is_refused_and_thrown_away(published, destination):
    path, address = published
    path.write_bytes(path.read_bytes() + b"!")
    with pytest.raises(WeightsError, match="damaged"):
        fetch(address, destination)
    assert list(destination.parent.iterdir()) == []


def test_a_file_that_is_there_is_verified_and_not_fetched_again(published, destination):
    path, address = published
    fetch(address, destination)
    path.unlink()
    assert fetch(address, destination)[0] == destination


def test_a_damaged_file_that_is_there_is_refused(published, destination):
    _, address = published
    fetch(address, destination)
    destination.write_bytes(destination.read_bytes()[:-1])
    with pytest.raises(WeightsError, match="delete it"):
        fetch(address, destination)


def test_a_file_that_the_vendor_no_longer_has_gives_a_weights_error(vendor, destination):
    with pytest.raises(WeightsError, match="404"):
        fetch(f"{vendor[1]}/vgg19-0123abcd.pth", destination)
    assert list(destination.parent.iterdir()) == []


@pytest.mark.parametrize("backbone", ["vgg19", "googlenet"])
def test_an_address_where_nobody_answers_gives_a_weights_error_that_offers_another_way(
    refused_address, destination, backbone
):
    with pytest.raises(WeightsError, match=f"STYLESITE_{backbone.upper()}_WEIGHTS"):
        fetch_published(backbone, refused_address, destination, progress=False)
    assert list(destination.parent.iterdir()) == []


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.6\r\n", b""], ids=["another_protocol", "nothing"])
def test_a_server_that_speaks_no_http_gives_a_weights_error(destination, answer):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def reply():
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        thread = threading.Thread(target=reply, daemon=True)
        thread.start()
        with pytest.raises(WeightsError):
            fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/vgg19-0123abcd.pth", destination)
        thread.join()
    assert list(destination.parent.iterdir()) == []


def test_a_folder_that_cannot_be_made_gives_a_weights_error(published, tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    with pytest.raises(WeightsError):
        fetch(published[1], tmp_path / "cache" / "stylesite" / "vgg19.safetensors")


@pytest.mark.parametrize(("backbone", "file"), [("vgg19", VGG19_FILE), ("googlenet", GOOGLENET_FILE)])
def test_the_vendors_address_carries_the_name_that_the_registry_expects(backbone, file):
    address = published_address(backbone)
    assert address.startswith("https://")
    assert address.rpartition("/")[2] == file
