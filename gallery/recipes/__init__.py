"""Forms and tables made from recipes."""
