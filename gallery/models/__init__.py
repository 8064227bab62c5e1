"""The rows. Their vocabulary lives in querysets.py."""

from gallery.models.community import Collection, CollectionEntry, Favourite, Like, Tag
from gallery.models.inputs import RenderInput
from gallery.models.pictures import Owned, Pair, Picture, Thumbnail
from gallery.models.renders import Frame, Render, Status
from gallery.models.sweeps import Sweep
from gallery.models.workers import Worker

__all__ = [
    "Collection",
    "CollectionEntry",
    "Favourite",
    "Frame",
    "Like",
    "Owned",
    "Pair",
    "Picture",
    "Render",
    "RenderInput",
    "Status",
    "Sweep",
    "Tag",
    "Thumbnail",
    "Worker",
]
