"""Networks that turn pictures into features: backbones, their layers, and where their weights came from."""
