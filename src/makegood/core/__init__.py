"""People, parties, permissions, the activity log, status transitions, files and notifications: what every record rests on."""
