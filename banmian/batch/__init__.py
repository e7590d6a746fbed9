"""Many pages: workers, attempts, progress."""
