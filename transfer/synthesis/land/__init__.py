"""Worlds and islands: how land rises, is carved by water, and gets its weather, its woods and its cities."""
