"""A file's name that turns the text after it could claim another ending, or garble what others read beside it."""

from gallery.pictures import uploads
from tests.gallery.files import upload
from tests.pictures import as_bytes, photograph


def test_what_would_turn_text_is_left_out_of_the_name() -> None:
    found = uploads.decode(upload("house\u202egnp.jpg", as_bytes(photograph((96, 72)), "JPEG")))
    assert found.name == "housegnp.jpg"


def test_letters_of_every_script_stay() -> None:
    name = "\u062e\u0627\u0646\u0647\u200c\u0647\u0627 \U0001f3e0.png"
    assert uploads.decode(upload(name, as_bytes(photograph((96, 72))))).name == name
