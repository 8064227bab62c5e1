"""A film that walks from one variation of a picture to the next."""
