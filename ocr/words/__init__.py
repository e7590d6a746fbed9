"""Words: a dictionary has a voice where a reader doubts which hanzi it sees."""
