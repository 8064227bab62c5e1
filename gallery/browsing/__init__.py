"""Finding renders and looking at them: filters, pages, marks, descriptions, family."""
