"""Text dumps without a scan become pages."""
