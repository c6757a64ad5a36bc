"""Other people's counts: files loaded, and how far they are from ours."""
