"""Pre-flight: the signed order, the system's records and the compiled plan read into the same words and compared."""
