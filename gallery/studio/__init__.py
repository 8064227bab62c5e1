"""What somebody asks for: the studio's form, sweeps, re-rendering, and reading a recipe back from a picture."""
