"""Whose things are, and who may change them."""
