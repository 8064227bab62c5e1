"""Numbers on a plane: noise, and what is done with whole fields of them."""
