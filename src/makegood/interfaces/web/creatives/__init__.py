"""The list of creatives, the creative room, uploads and comparison."""
