"""The team: load for the next four weeks, hand-overs, absences and cover."""
