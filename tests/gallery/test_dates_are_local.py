"""All dates are in the site's time zone, including those in the list of pictures to compare with."""

import datetime
from collections.abc import Callable

from django.test import Client
from django.test.utils import override_settings

from gallery.models import Render


@override_settings(TIME_ZONE="Asia/Tokyo")
def test_a_sibling_is_called_by_its_local_date(client: Client, make_finished: Callable[..., Render]) -> None:
    one, other = make_finished(seed=1), make_finished(seed=2)
    evening = datetime.datetime(2026, 11, 5, 20, 15, tzinfo=datetime.UTC)
    Render.objects.filter(pk=other.pk).update(created=evening)

    page = client.get(f"/renders/{one.pk}/").content.decode()
    assert "6 November 05:15" in page
    assert "20:15" not in page
