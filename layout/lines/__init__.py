"""Text lines in both directions, and print that lies in none."""
