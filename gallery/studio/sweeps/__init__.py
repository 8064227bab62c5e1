"""Many renders at once: what varies, the form, what it takes, and the sheet."""
