"""The studio's pages, and those that lead to it."""
