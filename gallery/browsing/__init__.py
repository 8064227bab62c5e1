"""How people find renders and look at them: filters, pages, marks, descriptions, families."""
