import pytest
import torch
from PIL import Image

from transfer.distill.corpus import HELD_OUT_EVERY, LARGEST_SIDE, Corpus
from transfer.errors import PictureError


@pytest.fixture(scope="module")
def corpus(gallery_of_twelve):
    return Corpus(gallery_of_twelve)


def test_a_part_of_the_pictures_is_held_out_and_the_others_are_learnt_from(corpus):
    assert len(corpus.held_out) == 2
    assert len(corpus.training) == 10
    assert not any(
        one.shape == other.shape and torch.equal(one, other) for one in corpus.held_out for other in corpus.training
    )


@pytest.mark.parametrize("side", [16, 32, 96])
def test_crops_have_the_side_asked_for_and_colours_in_range(corpus, side):
    generator = torch.Generator().manual_seed(0)
    for _ in range(20):
        crop = corpus.crop(side, generator)
        assert crop.shape == (1, 3, side, side)
        assert crop.min() >= 0
        assert crop.max() <= 1


def test_the_same_generator_draws_the_same_crops(corpus):
    one, other = (torch.Generator().manual_seed(4) for _ in range(2))
    first, second = ([corpus.crop(24, generator) for _ in range(5)] for generator in (one, other))
    assert all(map(torch.equal, first, second))
    assert not torch.equal(first[0], first[1])


def test_a_crop_may_be_larger_than_the_picture(tmp_path):
    for index in range(HELD_OUT_EVERY):
        Image.new("RGB", (5 + index, 3), (index, 0, 0)).save(tmp_path / f"{index}.png")
    assert Corpus(tmp_path).crop(64, torch.Generator().manual_seed(0)).shape == (1, 3, 64, 64)


def test_large_pictures_are_kept_small(tmp_path, draw_content):
    for index in range(HELD_OUT_EVERY):
        draw_content(2 * LARGEST_SIDE if index == 0 else 20, 20).save(tmp_path / f"{index}.png")
    assert max(Corpus(tmp_path).held_out[0].shape) == LARGEST_SIDE


def test_too_few_pictures_are_refused_with_their_number(tmp_path, content):
    for index in range(3):
        content.save(tmp_path / f"{index}.png")
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(PictureError, match="holds 3 pictures"):
        Corpus(tmp_path)


def test_a_damaged_picture_is_refused_by_name(tmp_path, content):
    for index in range(HELD_OUT_EVERY):
        content.save(tmp_path / f"{index}.png")
    (tmp_path / "5.png").write_bytes(b"damaged")
    with pytest.raises(PictureError, match=r"5\.png"):
        Corpus(tmp_path)
