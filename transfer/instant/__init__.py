"""A picture at once: features moved to the style's by optimal transport, and decoded, coarse to fine."""
