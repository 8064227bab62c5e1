"""The rows. Their vocabulary lives in querysets.py."""

from gallery.models.community import Collection, CollectionEntry, Favourite, Like, Tag
from gallery.models.files import StoredFile
from gallery.models.inputs import RenderInput
from gallery.models.leases import Lease
from gallery.models.owned import Owned
from gallery.models.pictures import Pair, Picture, Thumbnail
from gallery.models.queued import Queued, Status
from gallery.models.removals import Removal
from gallery.models.renders import Frame, Render
from gallery.models.segments import Segment
from gallery.models.sweeps import Sweep
from gallery.models.workers import Worker

__all__ = [
    "Collection",
    "CollectionEntry",
    "Favourite",
    "Frame",
    "Lease",
    "Like",
    "Owned",
    "Pair",
    "Picture",
    "Queued",
    "Removal",
    "Render",
    "RenderInput",
    "Segment",
    "Status",
    "StoredFile",
    "Sweep",
    "Tag",
    "Thumbnail",
    "Worker",
]
