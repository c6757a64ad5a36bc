"""Records for tests, made through the models with sensible values; one module per package."""
