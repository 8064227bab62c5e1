"""Cities from above."""
