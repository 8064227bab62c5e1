"""One file for each part of the site, by the name that people would give it."""
