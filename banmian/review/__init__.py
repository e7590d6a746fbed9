"""Review: an archivist decides about what was read and changed, and nothing of it is ever lost."""
