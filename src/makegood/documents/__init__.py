"""Files in and out: frozen data to bytes and back, readers of orders, probes of media.
No Django, no database, no judgement that belongs to the engine.
"""
