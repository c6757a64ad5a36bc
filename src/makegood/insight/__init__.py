"""Reports, goals, team and process measures. Reads everything upstream; writes only its own goals and initiatives."""
