"""The site serves stored pictures for ever, with a content type that we set, and serves nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from gallery.models import Render


def test_pictures_have_a_type_a_sandbox_and_are_kept_for_ever(
    client: Client, make_finished: Callable[..., Render]
) -> None:
    render = make_finished()
    files = {render.output: "image/png", render.thumbnail: "image/webp", render.pair.content.file: "image/png"}

    for file, content_type in files.items():
        response = client.get(file.url)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == content_type
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert b"".join(response.streaming_content) == file.open("rb").read()


@pytest.mark.parametrize("name", ["page.html", "script.js", "drawing.svg", "a.jpg", "noext", "a.png.html", "a.PNG"])
def test_other_files_are_not_served_even_if_they_are_stored(client: Client, name: str, db: None) -> None:
    default_storage.save(f"pictures/{name}", ContentFile(b"<script>alert(1)</script>"))

    assert client.get(f"/media/pictures/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "../secret.png",
        "pictures/../../secret.png",
        "%2e%2e/secret.png",
        "..%2fsecret.png",
        "..\\secret.png",
        "/{data}/secret.png",
        "{data}/secret.png",
        "./../secret.png",
        "pictures/../../stylesite.sqlite3",
        "../stylesite.sqlite3",
        "../secret_key",
        "%2e%2e%2fsecret_key",
        "../redis/appendonlydir",
        "",
        "pictures",
        "pictures/",
        ".png",
        "x.png",
        "x.png/y.png",
        "a%00.png",
        "pictures/" + "a" * 400 + ".png",
    ],
)
def test_nothing_outside_the_store_can_be_reached(client: Client, db: None, path: str) -> None:
    secret = Path(settings.DATA) / "secret.png"
    secret.write_bytes(b"the secret")
    default_storage.save("pictures/x.png", ContentFile(b"a picture"))
    try:
        response = client.get("/media/" + path.format(data=settings.DATA))
    finally:
        secret.unlink()

    assert response.status_code == 404
    assert b"the secret" not in response.content


def test_files_are_only_read(client: Client, make_finished: Callable[..., Render]) -> None:
    address = make_finished().output.url

    for method in (client.post, client.put, client.delete):
        assert method(address).status_code == 405
    assert client.head(address).status_code == 200
