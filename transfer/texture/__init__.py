"""Textures: a picture of any size and shape out of styles alone, which may go on at its own opposite side."""
