"""The event log as Parquet and what is made of it: one set of Ibis expressions for DuckDB, Spark and warehouses.

Knows no Django and no database of the control plane: folders or object storage in, folders or object storage out.
"""
