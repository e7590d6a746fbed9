"""The interface in Chinese."""
