"""What is known of the language: characters, names, words that double, hyphens."""
