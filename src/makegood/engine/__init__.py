"""Pure arithmetic: what is possible, what to serve, what to bill.

Frozen dataclasses and arrays in and out. No framework, I/O, clock or randomness that is not passed in lives here.
"""
