"""The workspace on disk: its SQLite record, stage keys, paths, and storage at addresses."""
