"""Credit across the campaign's life: a state that stops or frees what runs, and money paid in advance that lets it start."""
