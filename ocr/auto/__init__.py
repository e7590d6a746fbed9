"""The reader that finds each page's language by itself."""
