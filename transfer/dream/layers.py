"""Which layers and channels there are to dream of. Free of torch."""

from transfer.features.registry import VGG_CHANNELS, Backbone


def deepest_to_dream(backbone: Backbone) -> tuple[str, ...]:
    """The layer that is dreamt of where a recipe names none."""
    return backbone.content_layers[-1:]


def channels_of(backbone: Backbone, layer: str) -> int:
    """How many channels a layer has; where a small network predicts a VGG's features, as many as that has there."""
    if layer.startswith("relu"):
        return VGG_CHANNELS[int(layer[4]) - 1]
    return next(stage.channels for stage in backbone.stages if stage.name == layer)
