"""The text layer of a PDF as a reader."""
