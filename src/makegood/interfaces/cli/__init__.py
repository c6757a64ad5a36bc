"""The command line: one command an operation, each with --json. Heavy imports wait inside the commands."""
