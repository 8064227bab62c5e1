"""The loop that paints: it climbs the ladder, keeps checkpoints, and survives a lack of memory."""
