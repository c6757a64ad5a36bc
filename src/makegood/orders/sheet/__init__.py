"""The order builder's sheet: rows of cells as people type them, read, priced and checked together; nothing is written here."""
