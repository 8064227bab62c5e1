"""The processes that `up` runs on one machine."""
