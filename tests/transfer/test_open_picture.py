import numpy
import pytest
from PIL import Image, ImageFile

from transfer.errors import PictureError
from transfer.pictures import canonical, open_picture


def levels(path):
    return numpy.asarray(open_picture(path))


@pytest.mark.parametrize("suffix", ["png", "bmp", "webp", "gif", "tiff", "jpg"])
def test_common_formats_open_as_rgb_of_the_same_size(content, tmp_path, suffix):
    content.save(tmp_path / f"a.{suffix}")
    opened = open_picture(tmp_path / f"a.{suffix}")
    assert (opened.mode, opened.size) == ("RGB", content.size)
    assert numpy.abs(numpy.asarray(opened).astype(int) - numpy.asarray(content)).mean() < 15


def test_a_lossless_picture_opens_with_its_exact_pixels(content, tmp_path):
    content.save(tmp_path / "a.png")
    assert numpy.array_equal(levels(tmp_path / "a.png"), numpy.asarray(content))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"])
def test_every_mode_opens_as_rgb(content, tmp_path, mode):
    grey = mode in ("I;16", "I", "F")
    image = content.convert("L").convert("I").convert(mode) if grey else content.convert(mode)
    if mode == "I;16":
        image = Image.fromarray(numpy.asarray(image) * numpy.uint16(257))
    suffix = "tiff" if mode in ("CMYK", "YCbCr", "LAB", "F", "I;16", "I") else "png"
    image.save(tmp_path / f"a.{suffix}")
    opened = open_picture(tmp_path / f"a.{suffix}")
    assert (opened.mode, opened.size) == ("RGB", content.size)
    assert numpy.asarray(opened).std() > 5


def test_what_is_transparent_lies_over_white(tmp_path):
    image = Image.new("RGBA", (3, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (200, 100, 0, 255))
    image.putpixel((2, 0), (0, 0, 0, 128))
    image.save(tmp_path / "a.png")
    found = levels(tmp_path / "a.png")[0].tolist()
    assert found[0] == [255, 255, 255]
    assert found[1] == [200, 100, 0]
    assert all(abs(level - 127) <= 1 for level in found[2])


def test_a_transparent_palette_entry_lies_over_white(tmp_path):
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.putpixel((1, 0), 1)
    image.save(tmp_path / "a.png", transparency=0)
    assert levels(tmp_path / "a.png")[0].tolist() == [[255, 255, 255], [40, 50, 60]]


def test_grey_with_alpha_lies_over_white():
    image = Image.new("LA", (2, 1), (0, 0))
    image.putpixel((1, 0), (90, 255))
    assert numpy.asarray(canonical(image))[0].tolist() == [[255, 255, 255], [90, 90, 90]]


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_sixteen_bit_grey_keeps_its_shades(tmp_path, suffix):
    ramp = numpy.arange(256, dtype=numpy.uint16).reshape(16, 16) * 257
    Image.fromarray(ramp).save(tmp_path / f"a.{suffix}")
    shades = levels(tmp_path / f"a.{suffix}")[..., 0].astype(int)
    assert numpy.abs(shades - numpy.arange(256).reshape(16, 16)).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_cameras_orientation_is_applied(content, tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    content.save(tmp_path / "a.png", exif=exif)
    turned = open_picture(tmp_path / "a.png")
    assert turned.size == (content.size if orientation < 5 else content.size[::-1])
    assert (numpy.asarray(turned).shape == (72, 96, 3)) == (orientation < 5)
    assert (orientation == 1) == (turned.tobytes() == content.tobytes())


def test_an_animation_opens_as_its_first_frame(tmp_path):
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert levels(tmp_path / "a.gif")[0, 0].tolist() == [255, 0, 0]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PictureError, match=r"There is no file .*nowhere\.png\."):
        open_picture(tmp_path / "nowhere.png")


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_a_file_that_is_no_picture_is_refused(tmp_path, data):
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(PictureError, match=r"a\.png is "):
        open_picture(tmp_path / "a.png")


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(PictureError):
        open_picture(tmp_path)


def test_a_picture_that_claims_to_be_enormous_is_refused(tmp_path):
    header = b"P6 60000 60000 255\n"
    (tmp_path / "a.ppm").write_bytes(header + bytes(100))
    with pytest.raises(PictureError):
        open_picture(tmp_path / "a.ppm")


def test_half_a_picture_is_refused(content, tmp_path):
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
    content.save(tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(PictureError):
        open_picture(tmp_path / "a.png")


def test_a_dark_picture_of_16_bit_stays_dark(tmp_path):
    levels = numpy.full((70, 80), 200, dtype="uint16")
    path = tmp_path / "dark.png"
    Image.fromarray(levels).save(path)
    assert numpy.asarray(open_picture(path)).max() <= 1
