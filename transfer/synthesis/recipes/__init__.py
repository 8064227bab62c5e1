"""What generators are asked for with. Nothing here loads SciPy, so that forms and commands are quick."""
