"""The recognized text, its edits, what was decided about each, and the clean text that follows."""
