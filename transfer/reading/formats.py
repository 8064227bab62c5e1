"""What kind of file some bytes are. Their content decides; a name is only text."""

from transfer.reading import exif

TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "HEIC", "GIF", "BMP", "TIFF")
WRITTEN = {"WEBP": "WebP"}  # where people write a format in another way
BEGINNINGS = (
    (b"\xff\xd8", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop file"),
    (b"gimp xcf", "GIMP file"),
    (b"FUJIFILMCCD-RAW", "camera's raw file"),
    (b"IIRO", "camera's raw file"),
    (b"IIRS", "camera's raw file"),
    (b"IIU\0", "camera's raw file"),
    (b"FOVb", "camera's raw file"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"DDS ", "DDS"),
    (b"\0\0\x01\0", "icon"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"%!PS", "PostScript file"),
)
BRANDS = {
    "AVIF": (b"avif", b"avis"),
    "HEIC": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"),
    "camera's raw file": (b"crx ",),
}
EXPORT = {
    "SVG": "is an SVG drawing: export it as a PNG.",
    "PDF": "is a PDF: export the page as a PNG or a JPEG.",
    "web page": "is a web page and not a picture: open it, and save the picture itself.",
    "text file": "is a text file and not a picture: choose a JPEG or a PNG.",
    "video": "is a video: save a still picture of it.",
    "empty": "is empty: choose it again, or another one.",
    "": "is not a picture that can be read here: choose a JPEG, PNG, WebP, AVIF or HEIC.",
}
NEVER = ("camera's raw file", "PostScript file", "video", "empty")  # whatever else Pillow may make of them
DNG_VERSION, SUBFILE, SUBDIRECTORIES, SMALL_VERSION = 0xC612, 0xFE, 0x14A, 1
LOOKED_AT = 1024  # bytes


def format_of(data: bytes) -> str:
    """One of `TAKEN`, or what else it is in words; empty where nobody knows."""
    if not data:
        return "empty"
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    if data[:4] == b"RIFF":
        return {b"WEBP": "WEBP", b"AVI ": "video"}.get(data[8:12], "")
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "camera's raw file" if _is_raw(data) else "TIFF"
    for beginning, found in BEGINNINGS:
        if data.startswith(beginning):
            return found
    return _by_words(data[:LOOKED_AT])


def refusal(found: str, taken: tuple[str, ...]) -> str:
    """What to say of a file of another format than those that are taken, without its name."""
    if found in EXPORT:
        return EXPORT[found]
    what = f"an {found}" if found[0] in "AEIOaeio" else f"a {WRITTEN.get(found, found)}"
    if found in TAKEN:
        return f"is {what}: save it as a {' or a '.join(taken[:2])}."
    if found.endswith("archive"):
        return f"is {what}: unpack it, and choose a picture."
    return f"is {what}, which cannot be read here: export it as a PNG or a JPEG."


def _by_brand(data: bytes) -> str:
    """Of the family of MP4, whose first box says what it is compatible with, the brand itself before the others."""
    length = min(int.from_bytes(data[:4], "big"), LOOKED_AT)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    for brand in sorted(brands, key=lambda each: each in (b"mif1", b"msf1")):  # which say only that it is a picture
        for found, known in BRANDS.items():
            if brand in known:
                return found
    return "video"


def _is_raw(data: bytes) -> bool:
    """Whether a TIFF is what a camera has measured, of which only a small version can be seen."""
    tags = exif.numbers(data)
    is_small = tags.get(SUBFILE, 0) & SMALL_VERSION and SUBDIRECTORIES in tags
    return data[8:10] == b"CR" or DNG_VERSION in tags or bool(is_small)


def _by_words(beginning: bytes) -> str:
    if b"%PDF-" in beginning:
        return "PDF"
    encoding = "utf-16" if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = beginning.decode(encoding, "replace").lstrip("\ufeff").lstrip().lower()
    if text.startswith("<") and "<svg" in text:
        return "SVG"
    if text.startswith(("<!doctype html", "<html", "<head", "<body")):
        return "web page"
    strange = sum(not (each.isprintable() or each.isspace()) or each == "\ufffd" for each in text)
    return "text file" if len(text) > 1 and strange <= len(text) // 50 else ""
