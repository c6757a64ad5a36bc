"""Sheets of goals, read into frozen rows and the places that are wrong. Knows no records."""
