"""Every figure Makegood states about itself, one command each: `python -m bench NAME [--seed S] [--json]`."""
