"""How the system is put together on one machine: settings, URLs, processes, embedded PostgreSQL. No business rules."""
