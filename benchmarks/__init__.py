"""`make bench`: the project's numbers, measured on this machine. Put the results into docs/benchmarks.md."""

from transfer.process import yield_the_processor

yield_the_processor()
