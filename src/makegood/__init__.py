"""Makegood: the system in which a media seller keeps the promises it sells."""
