"""Creatives that try to get out of their frame, and what would show that one did."""
