"""What a setting may look like: it just works, or a sentence says what it should be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stylesite import values

RIGHT = [
    (values.port, "8080", 8080),
    (values.proxies, "0", 0),
    (values.switch, "True", True),
    (values.switch, "off", False),
    (values.zone, "Europe/Berlin", "Europe/Berlin"),
    (values.zone, ":Europe/Berlin", "Europe/Berlin"),
    (values.zone, "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
    (values.zone, "UTC", "UTC"),
    (values.zone, "UTC0", "Etc/GMT+0"),
    (values.zone, "CET-1", "Etc/GMT-1"),
    (values.zone, "<+03>-3", "Etc/GMT-3"),
    (values.hosts, "", ()),
    (values.hosts, " , ", ()),
    (values.hosts, "Pictures.Example.org, localhost:8000 , *", ("pictures.example.org", "localhost", "*")),
    (values.hosts, "*.example.org,.example.com", (".example.org", ".example.com")),
    (values.hosts, "::1,[::1]:8000", ("[::1]", "[::1]")),
    (values.hosts, "bücher.example", ("xn--bcher-kva.example",)),
    (values.origins, "https://Pictures.example.org/", ("https://pictures.example.org",)),
    (values.origins, "https://a.example:443, http://b.example:8080", ("https://a.example", "http://b.example:8080")),
    (values.prefix, "studio/", "/studio"),
    (values.prefix, "/", ""),
    (values.redis_address, "unix:///run/redis.sock?db=1", "unix:///run/redis.sock?db=1"),
    (values.amount, "2 GiB", 2 * 2**30),
]
WRONG = [
    *((values.port, text) for text in ("eighty", "80000", "0", "-1", "8e3", "80.0", "\u0668\u0660", "9" * 5000)),
    *(
        (values.zone, text)
        for text in ("CST", "Mars/Olympus", "../etc/passwd", "Europe", "CET-1CEST,M3.5.0,M10.5.0", ":")
    ),
    *((values.hosts, text) for text in ("https://a.example", "a.example/x", "a b\x00", "ex*mple.org", "-")),
    *(
        (values.origins, text)
        for text in ("a.example", "https://", "ftp://a.example", "https://a.example/x", "https://[")
    ),
    *((values.prefix, text) for text in ("/a b", "https://a.example/x", "/ä", "/a//b")),
    *((values.redis_address, text) for text in ("localhost", "http://localhost", "redis://h:port/0", "unix://")),
    *((values.database_address, text) for text in ("nonsense", "mysql://h/x", "postgresql://h:port/x", "postgres://h")),
    *((values.amount, text) for text in ("0", "plenty", "-1GiB", "9" * 400)),
    *((values.switch, text) for text in ("perhaps", "2")),
    *((values.proxies, text) for text in ("two", "-1", "1000")),
]


@pytest.mark.parametrize(("read", "text", "found"), RIGHT)
def test_it_is_understood(read: Callable[[str], object], text: str, found: object) -> None:
    assert read(text) == found


@pytest.mark.parametrize(("read", "text"), WRONG)
def test_a_sentence_says_what_it_should_be(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|names|should) .+\.$") as refused:
        read(text)
    assert type(refused.value) is ValueError
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 180


@pytest.mark.parametrize("name", ["with spaces", 'it\'s "quoted"', "Ordner für Bilder", "$HOME `x` %20 #?", "a\nb"])
def test_a_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    assert values.made(values.folder(str(tmp_path / name))).is_dir()
