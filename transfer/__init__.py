"""Neural style transfer that climbs a ladder of sizes.

A pure render core: pictures and a `StyleRecipe` go in, an iterator of `Step`s comes out. It has no
database, no queue, no HTTP, no global state, and prints nothing outside the command line in
`__main__`. Importing this package does not import torch: `recipe`, `ladder`, `metadata`, `errors` and
`features.registry` can be used by a process that must stay small.
"""

__version__ = "0.1.0"
