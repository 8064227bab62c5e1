"""A render's pages."""
