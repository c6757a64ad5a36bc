"""What the approvals engine knows: stages, who may act for whom, the clock, the duties that are kept apart. Writes nothing."""
