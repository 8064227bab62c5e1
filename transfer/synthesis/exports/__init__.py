"""What is made of a map for other programs."""
