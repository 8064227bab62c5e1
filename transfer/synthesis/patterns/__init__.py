"""Heightmaps, clouds, glass and flow fields."""
