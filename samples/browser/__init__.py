"""Newspaper pages set by a browser: HTML in `pages/`, its print and its truth.

They are the second opinion beside the typesetter: designs that our own rules of page making did not make.
"""
