"""One idea a file, its paper in the docstring. Every loss is a mean, so no weight depends on size."""
