"""Pages drawn by chance as HTML: rows of cells, each with an article or something else in a design of its own.

The browser does the setting: columns of equal height, spacing, line breaks, floats. What varies is what varies between
newspapers: faces, sizes, where the headline stands, how writers sign, how subheads, boxes and captions look.
"""

from samples.browser.design.page import random_page

__all__ = ["random_page"]
