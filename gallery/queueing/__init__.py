"""The queue as everybody sees it: its order, its progress, its workers, and when a render will start."""
