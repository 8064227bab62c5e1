"""`make bench`: the project's numbers, measured on this machine. Results belong into docs/benchmarks.md."""
