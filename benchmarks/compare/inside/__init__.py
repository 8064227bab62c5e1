"""Programs that run inside a work tree, with its `gallery` and `benchmarks`.

Both revisions run the same programs, so these import only names that both have.
"""
