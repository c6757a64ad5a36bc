"""Reads of trafficking: readiness of flights, the sheet of an order, lists, tags."""
