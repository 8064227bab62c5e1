"""Pictures out of numbers: worlds, islands, cities, clouds. Free of torch, but for `painter`.

The same recipe gives the same arrays on every processor: what decides between places is compared as integers, and the
only operations on floating point numbers are those that IEEE 754 defines to the last bit (no exp, sin or pow of NumPy,
whose vectorised versions differ, no sums whose order depends on the processor, no products of matrices).
"""
