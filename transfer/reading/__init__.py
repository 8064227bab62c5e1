"""Reads anybody's picture files. Lenient where browsers are, and every complaint is a sentence.

Each format has a module that walks the file itself and hands only what decides on pixels to the decoder, so that no
text, thumbnail or tag that nobody asked for can stop a picture from being read. Free of torch.
"""
