"""Two revisions of the project beside each other: is the working tree as fast as a revision before it?

Every measurement runs by turns in a temporary work tree of that revision and in the working tree, each time in
processes of their own that are started there. This program uses nothing of `gallery` or `transfer`, and what it starts
imports them from the work tree that it is started in. Both run in this program's virtual environment.

A revision from before this program cannot be changed. So what is asked of a work tree is what any revision offers:
`python -m transfer stylize` and `calibrate`, `manage.py up` and a few addresses of the site. For the gallery there is
no such command; what `inside/` has is fed to a Python that is started in the work tree, and calls
`benchmarks.many_renders.fill` and `queries`, `_asked` and `_timed` of the `benchmarks.gallery` that it finds there:
these keep their names.
"""
