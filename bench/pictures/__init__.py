"""Pictures of the engine's documentation, drawn from figures measured on the spot: `python -m bench.pictures NAME`."""
