"""Variations: new pictures of any size and shape that look like one, from coarse to fine."""
