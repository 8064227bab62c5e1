"""Whatever can crash does while renders are painted; see `__main__`."""
