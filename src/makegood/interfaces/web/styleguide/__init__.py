"""The gallery: every component in its states, with made-up values. Nothing here reads a record."""
