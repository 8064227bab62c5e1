"""Textures that are made to be styles: full of strokes at several scales, from edge to edge."""
