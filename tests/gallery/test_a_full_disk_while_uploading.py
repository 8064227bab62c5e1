"""Where the disk has no room for what somebody uploads, a page says so, and nothing is left behind."""

import errno
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from gallery.views.studio import new

SENTENCE = "The disk of this site is full, so nothing was stored"
Post = Callable[..., HttpResponse]


@pytest.fixture
def full() -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    return fail


def says_so(response: HttpResponse) -> bool:
    return response.status_code == 507 and SENTENCE in response.content.decode()


def test_while_the_files_arrive(
    post_pair: Post, full: Callable[..., None], nothing_was_made: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryFileUploadHandler, "file_complete", full)

    assert says_so(post_pair())
    assert nothing_was_made()


def test_while_the_pictures_are_stored(
    post_pair: Post, full: Callable[..., None], nothing_was_made: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_storage, "save", full)

    assert says_so(post_pair())
    assert nothing_was_made()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_persons_share_of_the_disk_may_be_full_too(
    number: int, post_pair: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "full")

    monkeypatch.setattr(new, "submit", fail)
    assert says_so(post_pair())


def test_the_database_may_be_what_finds_no_room(post_pair: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(new, "submit", fail)
    assert says_so(post_pair())


def test_another_fault_is_still_a_fault(post_pair: Post, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(new, "submit", fail)
    client.raise_request_exception = False
    assert post_pair().status_code == 500
