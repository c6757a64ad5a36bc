"""Text into typed values: amounts, dates, codes, names. No positions and no labels here."""
