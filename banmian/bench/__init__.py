"""`make bench`: Banmian and its peers on the same scans, measured in the same run, beside each other."""
