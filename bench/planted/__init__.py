"""Seeded worlds in which something goes wrong on purpose, and the logs a real system would have of them."""
