"""What a render needs, known before it starts, and how long it still takes. Free of torch."""
