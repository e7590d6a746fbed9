"""The engines, each declared once: commands, help, the doctor, documentation and tests read these declarations.

A new engine is a module with a class that reads a page (`ocr.engine.Engine`), one declaration here, what makes it in
`ocr/choose.py`, and what identifies it in `ocr/setup/identity.py`.
"""

from __future__ import annotations

from typing import Final

from layout.declaration import NO_WORDS, Declaration, DeclaredEnum, Words


class EngineDeclaration(Declaration):
    """What `--engine` can name.

    `label` is what the interface calls it, `reads` what reads with it, and `serves` when it is the right one.
    `rereads` says whether it can read a part of a page again at the desk.
    """

    label: Words = NO_WORDS
    reads: Words = NO_WORDS
    serves: Words = NO_WORDS
    rereads: bool = True


class EngineName(DeclaredEnum):
    """What `--engine` can name, the default first."""

    declaration: EngineDeclaration

    BOTH = EngineDeclaration(
        name="both",
        module="ocr.both.reader",
        label=Words("both readers", "双引擎"),
        reads=Words("PP-OCRv6 every line; Tesseract those in doubt", "PP-OCRv6 读每一行，Tesseract 再读有疑问的行"),
        serves=Words("the default, where both are installed", "两者都已安装时的默认值"),
    )
    PPOCR = EngineDeclaration(
        name="ppocr",
        module="ocr.ppocr.reader",
        label=Words("PP-OCR", "PP-OCR"),
        reads=Words(
            "PP-OCRv6: the tiny model reads every line; the small model re-reads uncertain characters, and reads all "
            "type below 16 pixels",
            "PP-OCRv6：tiny 模型读每一行，有疑问处和 16 像素以下的小字由 small 模型读",
        ),
        serves=Words("the fastest, and nearly as good", "最快，几乎同样好"),
    )
    TESSERACT = EngineDeclaration(
        name="tesseract",
        module="ocr.tesseract.reader",
        label=Words("Tesseract", "Tesseract"),
        reads=Words("Tesseract alone", "只用 Tesseract"),
        serves=Words(
            "without the extra `ppocr`, and for languages that only it has", "没有安装 `ppocr` 时，以及只有它支持的语言"
        ),
    )
    TEXTLAYER = EngineDeclaration(
        name="textlayer",
        module="ocr.textlayer.reader",
        label=Words("text layer", "文字层"),
        reads=Words("nothing: the text that a PDF carries", "不识别：取 PDF 自带的文字"),
        serves=Words("by itself for every PDF page that has one", "凡带文字的 PDF 页自动使用"),
        rereads=False,
    )


REREADING: Final = tuple(e for e in EngineName if e.declaration.rereads)
"""The engines that can read a part of a page again."""
