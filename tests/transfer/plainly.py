"""The whole loss in plain code with autograd, and scenes to compare the objective with it."""

import torch
from torch.nn import functional

from tests.transfer.conftest import scenery, strokes
from tests.transfer.plain_moments import mixed, normal
from tests.transfer.plain_texture import texture
from transfer.images import enlarged, scaled
from transfer.losses.content import LEAST_OF_ENERGY, LEAST_VARIANCE
from transfer.losses.fine import EVEN, OF_CONTENT, RARE
from transfer.losses.neighbours import ROUNDING
from transfer.losses.normalised import GRADIENT_UNIT
from transfer.losses.style import LEAST_START
from transfer.losses.tv import total_variation
from transfer.losses.wasserstein import EIGENVALUE_FLOOR
from transfer.style.objective import ANCHOR_UNIT, CONTENT_UNIT, FINE_UNIT, TV_UNIT
from transfer.style.rungs import FINE_BELOW, TEXTURE_BELOW
from transfer.tiling.guides import FEWEST_PLACES
from transfer.tiling.tiles import GuidedImage

SIZE, STYLE_SIZES = (93, 79), ((83, 71), (67, 91))
WAYS = [
    {},
    {"style_loss": "gram"},
    {"normalize_gradients": True},
    {"normalize_gradients": True, "style_loss": "gram", "content_layers": "relu2_1,relu3_1"},
]
VGG_WAYS = [
    {"content_layers": "relu2_2", "style_layers": "relu1_1,relu2_1"},
    {"content_layers": "relu1_2", "style_layers": "relu1_1,relu2_2", "pooling": "max", "normalize_gradients": True},
]


class Levelled(torch.autograd.Function):
    """The identity, whose gradient has a mean size of `size` / places."""

    @staticmethod
    def forward(ctx, features, size):
        ctx.size = size
        return features.view_as(features)

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.size / (gradient.shape[2] * gradient.shape[3] * gradient.abs().mean()), None


def gram(wanted, found):
    one, other = (covariance + torch.outer(mean, mean) for mean, covariance in (wanted, found))
    return (other - one).square().sum() / one.square().sum()


def wasserstein(wanted, found):
    """The distance as its module defines it, without the eigenvalues that count as zero."""
    (mean, covariance), (other_mean, other) = wanted, found
    variance = covariance.trace()
    values, vectors = torch.linalg.eigh(covariance)
    kept = values > EIGENVALUE_FLOOR * variance
    root = vectors[:, kept] * values[kept].sqrt() @ vectors[:, kept].T
    crossed = torch.linalg.eigvalsh(root @ other @ root)
    crossed = crossed[crossed > (EIGENVALUE_FLOOR * variance) ** 2].sqrt().sum()
    return ((mean - other_mean).square().sum() + variance + other.trace() - 2 * crossed) / variance


def reference(network, recipe, content, styles, image, anchors=(), is_bounded=False):
    """The terms, and the gradient of their sum, at an image on the lowest rung."""
    distance = {"w2": wasserstein, "gram": gram}[recipe.style_loss]
    leaf = image.clone().requires_grad_()
    features, kept = network(leaf), network(content.image)
    looks = [network(style.image) for style in styles]

    def headed(layer, given):
        return network.heads[layer](given) if layer in network.heads else given

    def levelled(layer, weight):
        return (
            Levelled.apply(features[layer], weight * GRADIENT_UNIT) if recipe.normalize_gradients else features[layer]
        )

    content_term = style_term = 0.0
    blend = recipe.style_blend_weights or (1.0,) * len(styles)
    for layer, part in recipe.content_layer_shares.items():
        weight = recipe.content_weight * CONTENT_UNIT * part
        wanted = headed(layer, kept[layer])
        energy = wanted.square().sum(1).mean()
        others = [normal(headed(layer, look[layer]), _everywhere(look[layer])) for look in looks]
        least = LEAST_VARIANCE * mixed(others, blend)[1].trace()
        unit = max(wanted.var((2, 3), correction=0).sum(), least, LEAST_OF_ENERGY * energy)
        apart = headed(layer, levelled(layer, weight)) - wanted
        content_term = content_term + weight * apart.square().sum(1).mean() / unit
    for layer, part in recipe.style_layer_shares.items():
        weight = recipe.style_weight * part
        seen, start = headed(layer, levelled(layer, weight)), headed(layer, kept[layer])
        given = [headed(layer, look[layer]) for look in looks]
        for region, share in enumerate(_shares(content, seen)):
            own = [_shares(style, each)[region] for style, each in zip(styles, given, strict=True)]
            there = [number for number, each in enumerate(own) if each.sum() >= FEWEST_PLACES]
            if share.sum() < FEWEST_PLACES or not there:
                continue
            wanted = mixed([normal(given[each], own[each]) for each in there], [blend[each] for each in there])
            area = 1.0 if content.guide is None else float(content.guide[region].sum()) / float(content.guide.sum())
            relative = max(LEAST_START, float(distance(wanted, normal(start, share))))
            style_term = style_term + weight * area * distance(wanted, normal(seen, share)) / relative
    smooth = recipe.tv_weight * TV_UNIT * total_variation(leaf - leaf.mean(1, keepdim=True))
    fine = recipe.tv_weight * FINE_UNIT * FINE_BELOW * _fine(leaf, content, styles, blend, recipe.strength)
    held = sum((ANCHOR_UNIT * _held(anchor, leaf) for anchor in anchors), leaf.new_zeros(()))
    lacking = texture(network, recipe, content, styles, leaf, features, looks, _shares, is_bounded)
    terms = {
        "content": content_term,
        "style": style_term,
        "texture": TEXTURE_BELOW * lacking,
        "tv": smooth,
        "fine": fine,
        "anchor": held,
    }
    (gradient,) = torch.autograd.grad(sum(terms.values()), leaf)
    return {name: float(term.detach()) for name, term in terms.items()}, gradient


def _shares(seen, given):
    """How much each place of a feature map belongs to each region: (regions, H, W)."""
    stride = seen.image.shape[3] // given.shape[3]
    whole = torch.ones(1, *given.shape[2:], dtype=given.dtype)
    return whole if seen.guide is None else functional.avg_pool2d(seen.guide.to(given) / 255, stride)


def _everywhere(given):
    return torch.ones(given.shape[2:], dtype=given.dtype)


def _fine(image, content, styles, blend, strength):
    """How far apart neighbours are in lightness, and how rarely, from even and from odd places, against styles'."""
    value, part = 0.0, min(1.0, 2 * strength)
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        found, own = _differences(image, down, right), _differences(content.image, down, right)
        theirs = [_differences(style.image, down, right) for style in styles]
        squares, sizes = (
            sum(mean(each) * weight for each, weight in zip(theirs, blend, strict=True)) / sum(blend)
            for mean in (_square, _size)
        )
        wanted = torch.lerp(_square(own).sqrt(), squares.sqrt(), part)
        usual = torch.lerp(_size(own), sizes, part)
        unit = torch.maximum(wanted, OF_CONTENT * _square(own).sqrt())
        most = [max(map(abs, _uneven(each))) for each in theirs]
        free = sum(each * weight for each, weight in zip(most, blend, strict=True)) / sum(blend)
        for here, uneven in zip(_kinds(found), _uneven(found), strict=True):
            beyond, uneven = (_size(here) - usual).clamp_min(0), (abs(uneven) - free).clamp_min(0)
            apart = (_square(here).sqrt() - wanted).square() + RARE * beyond.square() + EVEN * uneven.square()
            value = value + apart / unit.square() / 16
    return value


def _uneven(differences):
    found = [_size(each) for each in _kinds(differences)]
    return [each - sum(found) / len(found) for each in found]


def _kinds(differences):
    """Those that begin in even and odd rows, and columns."""
    return [differences[row::2, column::2] for row, column in ((0, 0), (0, 1), (1, 0), (1, 1))]


def _square(differences):
    return differences.square().mean()


def _size(differences):
    return (differences.square() + ROUNDING**2).sqrt().mean()


def _differences(image, down, right):
    light = image.mean((0, 1))
    height, width = light.shape
    ahead = light[down:, max(0, right) : width + min(0, right)]
    return ahead - light[: height - down, max(0, -right) : width - max(0, right)]


def _held(anchor, image):
    """The distance to an anchor, both at twice its size, through a triangle filter as wide as the ratio of sizes."""
    sizes = list(zip(anchor.target.shape[2:], image.shape[2:], strict=True))
    compared = tuple(min(2 * low, max(low, length)) for low, length in sizes)
    found = functional.interpolate(image, compared, mode="bilinear", antialias=True)
    for axis, (length, (low, _)) in enumerate(zip(compared, sizes, strict=True), start=2):
        beside = max(0, 1 - low / length)
        pad = (0, 0, 1, 1) if axis == 2 else (1, 1, 0, 0)
        wider = functional.pad(found, pad, mode="replicate")
        around = wider.narrow(axis, 0, length) + wider.narrow(axis, 2, length)
        found = (found + beside * around) / (1 + 2 * beside)
    return anchor.weight * (found - enlarged(anchor.target, compared[::-1])).square().mean()


def split(size):
    """A guide with two regions that blend into each other; one covers a third."""
    places = torch.linspace(0, 1, size[0])[None] + 0.3 * torch.linspace(0, 1, size[1])[:, None]
    share = ((places - 0.4) * 8).clamp(0, 1).mul(255).round().to(torch.uint8)
    return torch.stack([share, 255 - share])


def scene(dtype, size=SIZE, style_sizes=STYLE_SIZES, regions=False):
    """A content, styles, and a different image."""
    content = scaled(scenery(*size), size).to(dtype)
    noise = torch.randn(content.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    styles = [scaled(strokes(*each), each).to(dtype) for each in style_sizes]
    styles[1:] = [each.flip(1) for each in styles[1:]]
    image = (content + 0.15 * noise.to(dtype)).clamp(0, 1)
    seen = [
        GuidedImage(each, split((each.shape[3], each.shape[2])) if regions else None) for each in (content, *styles)
    ]
    return seen[0], seen[1:], image


def apart(one, other):
    return float((one - other).norm() / other.norm())
