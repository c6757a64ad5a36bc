"""From records to the serving plan the ad servers read: compiled here, written to its file, signed with its keys."""
