"""Characters: the scripts they belong to, and which of them look alike."""
