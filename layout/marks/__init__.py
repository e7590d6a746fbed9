"""Pictures, tints, reversed panels, rules, frames."""
