"""The process page: the flow as it was, what it costs, what changes did."""
