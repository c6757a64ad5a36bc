"""Today: the queue, what stands beside it, and what may be done from it."""
