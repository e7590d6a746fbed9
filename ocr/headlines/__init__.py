"""Headlines: lines in large type, read in several views."""
