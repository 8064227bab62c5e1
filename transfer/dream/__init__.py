"""DeepDream: a picture is changed so that a network finds more of what it finds in it already."""
