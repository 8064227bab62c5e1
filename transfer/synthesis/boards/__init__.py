"""Maps of games: land in hexagons, and in blocks."""
