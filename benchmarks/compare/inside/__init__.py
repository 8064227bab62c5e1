"""Programs that run inside a work tree, with the `gallery` and the `benchmarks` that are there.

Each is the same for both revisions, and imports only what both have under the same name.
"""
