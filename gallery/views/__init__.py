"""One file for each part of the site that a person would name."""
