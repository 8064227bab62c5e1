"""Means and covariances in plain code."""

import torch


def normal(features, share):
    """Mean and covariance (C), (C, C) of features (1, C, h, w) whose places count by `share` (h, w)."""
    vectors, weights = features[0].flatten(1), (share / share.sum()).flatten()
    mean = (vectors * weights).sum(1)
    centred = vectors - mean[:, None]
    return mean, (centred * weights) @ centred.T


def mixed(parts, weights):
    shares = [weight / sum(weights) for weight in weights]
    mean = sum(share * part[0] for share, part in zip(shares, parts, strict=True))
    seconds = [part[1] + torch.outer(part[0], part[0]) for part in parts]
    second = sum(share * second for share, second in zip(shares, seconds, strict=True))
    return mean, second - torch.outer(mean, mean)
