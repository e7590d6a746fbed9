"""Pages drawn by chance as HTML: rows of cells, each with an article or something else in a design of its own.

The browser does the setting: columns of equal height, spacing, line breaks, floats. What varies is what varies between
newspapers: faces, sizes, where the headline stands, how writers sign, how subheads, boxes and captions look.
Full pages are cut into cells without gaps, each filled to its end, in the manner of one newspaper.
"""

from samples.browser.design.full import full_page
from samples.browser.design.page import random_page

__all__ = ["full_page", "random_page"]
