"""Reads of delivery: counts, pacing, lists."""
