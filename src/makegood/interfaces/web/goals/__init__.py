"""Goals and what is in sight of them, cell by cell down to orders and briefs; agreements that end soon."""
