"""The zoom loop: a film that goes deeper and deeper into a dream."""
