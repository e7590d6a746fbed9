"""Small typeset newspaper issues with their exact truth, and the program that makes them."""
