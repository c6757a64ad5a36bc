"""Made-up broadcast orders by the hundred with every fact known, and what the reader makes of them: data for confidence and for tests.

Nothing in here is taken from a real document.
"""
