"""Launches, the trafficking sheet of an order, its QA, publishing and tags."""
