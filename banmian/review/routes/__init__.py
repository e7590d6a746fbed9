"""The addresses of the review's server, a file for each subject."""
