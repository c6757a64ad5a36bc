"""Pictures of the engine's documentation, each drawn from figures measured on the spot: `python -m bench.pictures NAME`."""
