"""Trains the networks that ship with the project: vgg19-lite, vgg16-lite and the decoder of instant pictures.

An optimiser exposes blind spots of a network that a classifier never shows. So the small network
learns its teacher's features, how they change when the picture changes a little (Czarnecki et al. 2017, "Sobolev
Training", arXiv:1706.04859), and their second moments, which are what a style loss compares; and it learns them on
photographs, textures, flat and noisy pictures, and on the pictures that appear in renders through itself.
"""
