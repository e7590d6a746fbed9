"""What every format is written from: an issue with its articles, its pages, its scans and their checksums."""
