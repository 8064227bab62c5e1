"""Painting a content picture in the manner of styles."""
