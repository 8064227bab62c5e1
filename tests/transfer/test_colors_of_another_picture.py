import torch

from transfer.images import RGB_TO_YIQ, STRIP, to_tensor, with_colors_of


def yiq(image):
    return torch.einsum("yc,bchw->byhw", RGB_TO_YIQ, image)


def muted(seed):
    """Random colours so near to grey that no mixture of two leaves the range."""
    return 0.4 + 0.2 * torch.rand(1, 3, 8, 9, generator=torch.Generator().manual_seed(seed))


def test_luma_is_kept():
    image, colors = muted(0), muted(1)
    assert torch.allclose(yiq(with_colors_of(image.clone(), colors))[:, 0], yiq(image)[:, 0], atol=1e-5)


def test_chroma_is_that_of_the_other_picture():
    image, colors = muted(0), muted(1)
    found = yiq(with_colors_of(image.clone(), colors))
    assert torch.allclose(found[:, 1:], yiq(colors)[:, 1:], atol=1e-5)
    assert not torch.allclose(found[:, 1:], yiq(image)[:, 1:], atol=1e-2)


def test_with_its_own_colours_a_picture_stays_the_same(content):
    image = to_tensor(content)
    assert torch.allclose(with_colors_of(image.clone(), image), image, atol=1e-5)


def test_grey_stays_the_grey_that_it_was():
    grey = torch.linspace(0, 1, 30).view(1, 1, 5, 6).expand(1, 3, 5, 6)
    assert torch.allclose(with_colors_of(grey.clone(), torch.full_like(grey, 0.3)), grey, atol=2e-3)


def test_colours_may_be_bytes():
    image, colors = muted(0), (255 * muted(1)).round()
    fine, bytes_ = (with_colors_of(image.clone(), each) for each in (colors / 255, colors.to(torch.uint8)))
    assert torch.allclose(fine, bytes_, atol=1e-6)


def test_a_picture_of_many_strips_is_recoloured_as_each_strip_by_itself():
    generator = torch.Generator().manual_seed(2)
    image, colors = (torch.rand(1, 3, 2 * STRIP + 9, 5, generator=generator) for _ in range(2))
    whole = with_colors_of(image.clone(), colors)
    rows = slice(STRIP - 3, STRIP + 4)
    assert torch.allclose(whole[:, :, rows], with_colors_of(image[:, :, rows].clone(), colors[:, :, rows]), atol=1e-6)
    assert torch.allclose(whole[:, :, -9:], with_colors_of(image[:, :, -9:].clone(), colors[:, :, -9:]), atol=1e-6)


def test_the_result_is_a_picture_whatever_the_mixture():
    found = with_colors_of(torch.rand(1, 3, 9, 9).round(), torch.rand(1, 3, 9, 9).round())
    assert found.min() >= 0
    assert found.max() <= 1
