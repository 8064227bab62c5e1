"""What a worker must have to be able to do a piece of work."""

from django.db import models


class Needing(models.Model):
    """Work that not every worker can do. Nothing in a column asks for nothing.

    `needs_memory` are the bytes with which it can just be done where the network computes in bfloat16, and
    `needs_memory_in_float32` the same for float32; each halving of a render's memory doubles what it needs.
    `needs_network` names the backbone whose weights must be there, `needs_device` the type of the device, as in "cuda".
    """

    needs_memory = models.BigIntegerField(default=0, editable=False)
    needs_memory_in_float32 = models.BigIntegerField(default=0, editable=False)
    needs_network = models.CharField(max_length=40, blank=True, editable=False)
    needs_device = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True
