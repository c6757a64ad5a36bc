"""Servers side by side on one core, and the load they are put under from another."""
