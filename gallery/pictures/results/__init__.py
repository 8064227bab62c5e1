"""What a finished picture becomes: other formats, clips, reliefs, archives, and what their files are called."""
