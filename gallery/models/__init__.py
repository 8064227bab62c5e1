"""The rows. Their vocabulary lives in querysets.py."""

from gallery.models.community import Collection, CollectionEntry, Favourite, Like, Tag
from gallery.models.leases import Lease
from gallery.models.pictures import Owned, Pair, Picture, Thumbnail
from gallery.models.queued import Queued, Status
from gallery.models.renders import Frame, FurtherStyle, Mask, Render
from gallery.models.sweeps import Sweep
from gallery.models.workers import Worker

__all__ = [
    "Collection",
    "CollectionEntry",
    "Favourite",
    "Frame",
    "FurtherStyle",
    "Lease",
    "Like",
    "Mask",
    "Owned",
    "Pair",
    "Picture",
    "Queued",
    "Render",
    "Status",
    "Sweep",
    "Tag",
    "Thumbnail",
    "Worker",
]
