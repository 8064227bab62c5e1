"""The web gallery: pictures, pairs, renders, the queue between the site and its workers."""
