"""The local term in plain code, window by window."""

import math

import torch
from torch.nn import functional

from tests.transfer.plain_moments import mixed, normal
from transfer.losses.texture import AXES, LEAST_SHARE, LEVELS, QUIET
from transfer.style.textures import INSIDE, NEAREST, QUANTILE, QUANTILE_OF_STROKES

WINDOW, EVERY, STYLES_EVERY = 32, 4, 8  # of small pictures


def texture(network, recipe, content, styles, image, features, looks, shares, is_bounded):
    """The term at an image with these features; `looks` are the styles', and `shares` says which regions are where."""
    blend = recipe.style_blend_weights or (1.0,) * len(styles)

    def lacking(seen, raw, basis, variance, quantile=QUANTILE):
        """That of a map, where the styles' are `raw`, along the axes of `basis`."""
        floor = LEAST_SHARE * variance / len(basis)
        stride = image.shape[3] // seen.shape[3]
        given = [windows(style, each, stride, basis, floor) for style, each in zip(styles, raw, strict=True)]
        lack = places = 0.0
        for (rows, columns), pixels in windows_of(image, seen.shape[2:], stride):
            found = seen[0, :, slice(*(at // stride for at in rows)), slice(*(at // stride for at in columns))]
            region = region_of(content, rows, columns)
            least, most = bounds(pixels.mean((1, 2)), region, given, blend, quantile)
            there = deviations(found, basis, floor)
            gap = (least - there).clamp_min(0) + (there - most).clamp_min(0) * is_bounded
            count = found.shape[1] * found.shape[2]
            unit = least.square().sum() + QUIET * variance
            lack, places = lack + count * gap.square().sum() / unit, places + count
        return lack / places

    term = 0.0
    for layer in recipe.layers_for_texture:
        head = dict(network.heads.items()).get(layer)
        raw = [look[layer] for look in looks]
        parts = []
        for style, each in zip(styles, raw, strict=True):
            regions = [normal(each, share) for share in shares(style, each)]
            parts.append(mixed(regions, [1.0] * len(regions)))
        _, covariance = mixed(parts, blend)
        weight = torch.eye(len(covariance), dtype=covariance.dtype) if head is None else head.weight
        seen = weight @ covariance @ weight.T
        basis = torch.linalg.eigh(seen)[1][:, -AXES:].T @ weight
        term = term + lacking(features[layer], raw, basis, seen.trace()) / len(recipe.layers_for_texture)
    if recipe.layers_for_texture:
        raw = [strokes(style.image) for style in styles]
        varies = [weight * each.square().mean() for weight, each in zip(blend, raw, strict=True)]
        variance = sum(varies) / sum(blend)
        lack = lacking(strokes(image), raw, torch.eye(1).to(image), variance, QUANTILE_OF_STROKES)
        term = term + lack / len(recipe.layers_for_texture)
    return recipe.style_weight * recipe.texture_weight * term


def strokes(image):
    """Lightness at half the size, without its blur, whose deviation is 2 px of it."""
    red, green, blue = functional.avg_pool2d(image, 2)[0]
    half = (0.299 * red + 0.587 * green + 0.114 * blue)[None, None]
    bell = torch.exp(-torch.arange(-6, 7).to(image).square() / 8)
    bell = bell / bell.sum()
    wider = functional.pad(half, (6, 6, 6, 6), mode="replicate")
    return half - functional.conv2d(functional.conv2d(wider, bell[None, None, None]), bell[None, None, :, None])


def windows_of(image, shape, stride):
    """The rows and columns of each window, cut off where the picture ends, and the pixels there.

    From one on of which half lies before the first place of a map of `shape` and `stride`, to one of which half lies
    behind the last.
    """
    height, width = image.shape[2:]
    tops, lefts = (
        range(-WINDOW // 2, math.ceil(side * stride / EVERY) * EVERY - WINDOW // 2 + 1, EVERY) for side in shape
    )
    for top in tops:
        for left in lefts:
            rows, columns = (max(0, top), min(height, top + WINDOW)), (max(0, left), min(width, left + WINDOW))
            yield (rows, columns), image.detach()[0, :, slice(*rows), slice(*columns)]


def deviations(features, basis, floor):
    along = basis @ features.flatten(1)
    return (along.var(1, correction=0) + floor).sqrt()


def windows(style, features, stride, basis, floor):
    """Of each window that lies in a style: its mean colour, its deviations, and the share of each region in it."""
    found = []
    height, width = (side // STYLES_EVERY * STYLES_EVERY for side in style.image.shape[2:])
    for top in range(0, max(1, height - WINDOW + 1), STYLES_EVERY):
        for left in range(0, max(1, width - WINDOW + 1), STYLES_EVERY):
            rows, columns = (slice(at, min(end, at + WINDOW)) for at, end in ((top, height), (left, width)))
            inside = features[0, :, rows.start // stride : rows.stop // stride]
            inside = inside[:, :, columns.start // stride : columns.stop // stride]
            middle = slice(top + STYLES_EVERY // 2, rows.stop, STYLES_EVERY)
            across = slice(left + STYLES_EVERY // 2, columns.stop, STYLES_EVERY)
            share = None if style.guide is None else style.guide[:, middle, across].double().mean((1, 2)) / 255
            found.append((style.image[0, :, rows, columns].mean((1, 2)), deviations(inside, basis, floor), share))
    return found


def region_of(content, rows, columns):
    """The region that most middles of a window's quarters are in."""
    if content.guide is None:
        return None
    tops, lefts = (
        [min(start + EVERY // 2, side - 1) for start in range(span[0] // EVERY * EVERY, span[1], EVERY)]
        for span, side in ((rows, content.guide.shape[1]), (columns, content.guide.shape[2]))
    )
    return int(content.guide[:, tops][:, :, lefts].float().sum((1, 2)).argmax())


def bounds(colour, region, given, blend, quantile):
    """What the styles have at least, and at most, where they have the colours of the table's entry."""
    entry = ((colour * LEVELS).floor().clamp(0, LEVELS - 1) + 0.5) / LEVELS
    low, high, weights = 0.0, 0.0, 0.0
    for found, weight in zip(given, blend, strict=True):
        inside = [each for each in found if region is None or each[2][region] >= INSIDE]
        if not inside:
            continue
        nearest = sorted(inside, key=lambda each: float((each[0] - entry).norm()))[:NEAREST]
        there = torch.stack([each[1] for each in nearest]).sort(0).values
        low = low + weight * there[max(1, len(nearest) * quantile // NEAREST) - 1]
        high = high + weight * there[-1]
        weights += weight
    return (low / weights, high / weights) if weights else (torch.zeros(()), torch.tensor(math.inf))
