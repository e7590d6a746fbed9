"""Lines of an article or of a plain text: where they lie, how they were wrapped, where paragraphs begin."""
