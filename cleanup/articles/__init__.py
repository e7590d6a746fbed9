"""Articles, decided after reading: block labels, successors, headline assignment, assembly."""
