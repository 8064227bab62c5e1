"""Pictures painted by neural networks that climb a ladder of sizes.

A pure render core: pictures and a recipe go in, an iterator of `Step`s comes out. It has no database, no queue, no HTTP
and no global state, and prints nothing outside `commands`. Importing this package does not import torch: `kinds`,
`recipes`, `planning`, `metadata`, `words` and others that pyproject.toml lists can be used by a process that must stay
small.
"""

__version__ = "0.1.0"
