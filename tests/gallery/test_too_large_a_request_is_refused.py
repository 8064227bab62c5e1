"""A body that is larger than a form may send is refused before it is read."""

from collections.abc import Callable

import pytest
from django.test import Client

from gallery.middleware import LARGEST_REQUEST


@pytest.mark.parametrize("length", [LARGEST_REQUEST + 1, 10**12])
@pytest.mark.parametrize("address", ["/new/", "/admin/login/", "/"])
def test_a_body_over_the_limit_is_too_large(
    client: Client, length: int, address: str, nothing_was_made: Callable[[], bool]
) -> None:
    response = client.generic(
        "POST", address, b"a", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length)
    )

    assert response.status_code == 413
    assert "20 MB at most" in response.content.decode()
    assert nothing_was_made()
