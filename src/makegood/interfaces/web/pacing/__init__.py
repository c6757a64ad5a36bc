"""The pacing console: lines by state, and for one of them what happened and what would help."""
