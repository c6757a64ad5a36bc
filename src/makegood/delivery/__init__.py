"""Delivery truth: events counted once into facts, pacing, the causes of a shortfall, and what to do about it."""
