"""The template vocabulary, in three parts: filters, small pieces in the line of text, and blocks with a template each."""
