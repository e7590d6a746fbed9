"""Numbers: the runs of figures in a line, read again as a unit where a figure may have been dropped."""
