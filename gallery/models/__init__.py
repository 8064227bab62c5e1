"""The rows. Their vocabulary lives in querysets.py."""

from gallery.models.community import Collection, CollectionEntry, Favourite, Like, Tag
from gallery.models.owned import Owned
from gallery.models.pictures import Pair, Picture, Thumbnail
from gallery.models.renders import Frame, FurtherStyle, Mask, Render, Status
from gallery.models.sweeps import Sweep
from gallery.models.workers import Worker

__all__ = [
    "Collection",
    "CollectionEntry",
    "Favourite",
    "Frame",
    "FurtherStyle",
    "Like",
    "Mask",
    "Owned",
    "Pair",
    "Picture",
    "Render",
    "Status",
    "Sweep",
    "Tag",
    "Thumbnail",
    "Worker",
]
