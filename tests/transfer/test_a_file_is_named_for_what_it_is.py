"""What is no picture that can be read is named in a sentence that says what to do. A file's name decides nothing."""

import struct
import zipfile
from io import BytesIO

import pytest

from tests.odd_files import exif
from tests.pictures import as_bytes, photograph
from transfer.errors import PictureError
from transfer.pictures import ANY, open_picture
from transfer.reading.formats import TAKEN, format_of
from transfer.reading.reader import Rules, read

UPLOADS = Rules(TAKEN, area=40_000_000, animated=False)


def archive():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as inside:
        inside.writestr("photo.jpg", b"x")
    return file.getvalue()


def box(brand, *others):
    body = brand + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + bytes(100)


def directory(*entries):
    return exif(*((tag, 4, 1, struct.pack("<I", value)) for tag, value in entries)) + bytes(100)


STRANGERS = {
    "nothing": (b"", "is empty: choose it again"),
    "a text": (b"Dear diary, this is no picture.\n" * 20, "is a text file"),
    "a text in two bytes": ("\ufeffDear diary".encode("utf-16-le"), "is a text file"),
    "one byte": (b"\x89", "is not a picture"),
    "random bytes": (bytes(range(200)), "is not a picture"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing: export it as a PNG"),
    "SVG in XML": (b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg/>', "is an SVG drawing"),
    "a page": (b"\n <!DOCTYPE html><html><p>404", "is a web page"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "is a PostScript file"),
    "Photoshop": (b"8BPS\0\1" + bytes(40), "is a Photoshop file"),
    "GIMP": (b"gimp xcf v011\0", "is a GIMP file"),
    "an archive": (archive(), "is a ZIP archive: unpack it"),
    "a film": (box(b"isom", b"mp42"), "is a video"),
    "a QuickTime film": (box(b"qt  "), "is a video"),
    "a WebM film": (b"\x1aE\xdf\xa3" + bytes(40), "is a video"),
    "an AVI film": (b"RIFF\0\0\0\0AVI " + bytes(40), "is a video"),
    "a sound": (b"RIFF\0\0\0\0WAVE" + bytes(40), "is not a picture"),
    "JPEG XL": (b"\xff\x0a" + bytes(40), "is a JPEG XL, which cannot be read here"),
    "JPEG XL in boxes": (b"\0\0\0\x0cJXL \r\n\x87\n", "is a JPEG XL"),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000"),
    "an icon": (as_bytes(photograph((64, 64)), "ICO"), "is an icon"),
    "Canon's raw": (b"II*\0\x10\0\0\0CR\2\0" + bytes(40), "is a camera's raw file: "),
    "Canon's new raw": (box(b"crx ", b"crx ", b"isom"), "is a camera's raw file"),
    "Adobe's raw": (directory((0xFE, 1), (0x14A, 8), (0xC612, 1)), "is a camera's raw file"),
    "Nikon's raw": (directory((0xFE, 1), (0x14A, 8)), "is a camera's raw file"),
    "Fujifilm's raw": (b"FUJIFILMCCD-RAW 0201", "is a camera's raw file"),
    "a PNG's first bytes": (b"\x89PNG\r\n\x1a\n", "is damaged or cut short"),
    "a WebP's first bytes": (b"RIFF\x10\0\0\0WEBP", "is damaged or cut short"),
    "an AVIF's first bytes": (box(b"avif"), "is damaged or cut short"),
    "a HEIC's first bytes": (box(b"heic"), "is damaged or cut short"),
    "a GIF's first bytes": (b"GIF89a", "is damaged or cut short"),
    "a TIFF's first bytes": (b"II*\0\x08\0\0\0", "is damaged or cut short"),
}


@pytest.mark.parametrize("case", STRANGERS)
def test_it_is_named_in_one_sentence(case):
    content, says = STRANGERS[case]
    with pytest.raises(PictureError) as refused:
        read(content, "my file.png", UPLOADS)
    sentence = str(refused.value)
    assert sentence.startswith("my file.png ")
    assert says.removesuffix(": ") in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("case", [name for name in STRANGERS if name != "an icon" and "JPEG" not in name])
def test_the_command_line_says_the_same(case, tmp_path):
    path = tmp_path / "odd.png"
    path.write_bytes(STRANGERS[case][0])
    with pytest.raises(PictureError, match=r"odd\.png is "):
        open_picture(path)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("rules", [ANY, UPLOADS], ids=["command line", "uploads"])
def test_a_picture_is_known_by_its_content(file_format, rules):
    content = as_bytes(photograph((96, 72)), file_format)
    assert format_of(content) == file_format
    assert read(content, "a", rules).picture.size == (96, 72)


@pytest.mark.parametrize(
    ("brands", "expected"),
    [
        ((b"avif",), "AVIF"),
        ((b"avis", b"avif"), "AVIF"),
        ((b"mif1", b"avif", b"miaf"), "AVIF"),
        ((b"heic",), "HEIC"),
        ((b"mif1", b"heic"), "HEIC"),
        ((b"msf1", b"hevc"), "HEIC"),
        ((b"heix", b"mif1"), "HEIC"),
        ((b"mp41",), "video"),
    ],
)
def test_a_file_of_boxes_is_known_by_its_brands(brands, expected):
    assert format_of(box(*brands)) == expected
