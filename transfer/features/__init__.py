"""What a network sees: backbones, their layers, and where their weights came from."""
