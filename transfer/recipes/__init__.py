"""What may be asked for: one model for each kind of work. Free of torch."""
