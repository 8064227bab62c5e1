"""`make bench`: the project's numbers, measured on this machine. Results belong into docs/benchmarks.md."""

from transfer.process import yield_the_processor

yield_the_processor()
