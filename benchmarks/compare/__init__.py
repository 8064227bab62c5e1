"""Compares two revisions of the project: is the working tree as fast as an earlier revision?

Each measurement alternates between a temporary work tree of that revision and the working tree, and starts its own
processes there each time. This program uses nothing of `gallery` or `transfer`; the processes import them from the
work tree that they start in. Both use this program's virtual environment.

We cannot change a revision from before this program. So it uses only what every revision offers: `python -m transfer
stylize` and `calibrate`, `manage.py up` and a few addresses of the site. The gallery has no such command: there, a
Python started in the work tree runs the programs in `inside/`, which call `benchmarks.many_renders.fill` and `queries`,
`_asked` and `_timed` of that tree's `benchmarks.gallery`. So these must keep their names.
"""
