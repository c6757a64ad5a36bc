"""The ad server data plane: its own process, which reads a compiled plan and appends signed, durable events.

No Django and no database lives here; deciding belongs to `makegood.engine.decision`.
"""
