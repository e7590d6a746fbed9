"""The diff: every change of an article beside its reason, for the terminal or as a page for the browser."""
