"""Runs of lines of one column, display lines, tables, the order of all, and the pieces that they make."""
