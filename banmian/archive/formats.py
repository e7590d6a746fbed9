"""The export formats, each declared once: commands, help, checks, documentation and tests read these declarations.

A new format is a module with `write(holding, part)` and one declaration here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from layout.declaration import NO_WORDS, Declaration, DeclaredEnum, Words
from layout.errors import UsageError

if TYPE_CHECKING:
    from banmian.archive.content.export_issue import ExportIssue

Write = Callable[["ExportIssue", Path], None]
"""A function that writes an issue below a folder that exists."""


class FormatDeclaration(Declaration):
    """An export format.

    `module` has `write(holding, part)`. `what` says what goes out and `readers` who reads it. `checks` are the file
    names (`solr.json`) and suffixes (`.pdf`) that the format makes, each with the module whose `findings(file)` checks
    such files; files of XML are checked by `banmian.archive.xml_check`. `is_file`: the export is one file, not a
    folder. `on_screen`: it can be written to standard output. `takes_ledger`: `write` takes `with_ledger`.
    `is_bag`: `write` takes the `formats` that go into the bag. `in_every_bag`: a bag has it unless others are named.
    """

    what: Words = NO_WORDS
    readers: Words = NO_WORDS
    checks: tuple[tuple[str, str], ...] = ()
    is_file: bool = False
    on_screen: bool = False
    takes_ledger: bool = False
    is_bag: bool = False
    in_every_bag: bool = False


class Format(DeclaredEnum):
    """The export formats by name, in the order in which help and documentation list them."""

    declaration: FormatDeclaration

    TEXT = FormatDeclaration(
        name="text",
        module="banmian.archive.text.text",
        what=Words("a file for each article and one for each page", "每篇文章一个文件，每版一个文件"),
        readers=Words("people", "人"),
        checks=((".txt", "banmian.archive.text.text"),),
        on_screen=True,
        in_every_bag=True,
    )
    JSONL = FormatDeclaration(
        name="jsonl",
        module="banmian.archive.text.jsonl",
        what=Words("a line of JSON for each article", "每篇文章一行 JSON"),
        readers=Words("programs", "程序"),
        checks=((".jsonl", "banmian.archive.text.jsonl"),),
        is_file=True,
        on_screen=True,
        takes_ledger=True,
        in_every_bag=True,
    )
    ALTO = FormatDeclaration(
        name="alto",
        module="banmian.archive.xml.alto",
        what=Words(
            "ALTO 4.4, a file for each page: lines, words and glyphs with boxes and confidences, tags for articles and "
            "headlines, both readings",
            "ALTO 4.4，每版一个文件：行、词、字及其坐标和置信度，文章与标题的标签，两种识读",
        ),
        readers=Words("library systems and viewers", "图书馆系统和阅览器"),
    )
    PAGE = FormatDeclaration(
        name="page",
        module="banmian.archive.xml.page_xml",
        what=Words(
            "PAGE 2019, a file for each page: each line corrected and as recognized, with its glyphs, in reading order",
            "PAGE 2019，每版一个文件：每行的校正文本和识别文本及其字，按阅读顺序",
        ),
        readers=Words("OCR workflows such as OCR-D, and training", "OCR-D 等 OCR 流程、模型训练"),
        in_every_bag=True,
    )
    METS = FormatDeclaration(
        name="mets",
        module="banmian.archive.mets.mets",
        what=Words(
            "METS 1.12, a file for each issue, with its ALTO: pages, articles with headings and bodies down to their "
            "blocks, a MODS record each, PREMIS events by pass and person, checksums of all files; the scans by their "
            "addresses",
            "METS 1.12，每期一个文件，附 ALTO：版面、文章（标题、正文直到版块）、各有 MODS 记录，"
            "按步骤和人员的 PREMIS 事件，所有文件的校验和；扫描件以地址引用",
        ),
        readers=Words("library systems, viewers and repositories", "图书馆系统、阅览器、典藏库"),
        in_every_bag=True,
    )
    HOCR = FormatDeclaration(
        name="hocr",
        module="banmian.archive.xml.hocr",
        what=Words("hOCR 1.2, a file for each page", "hOCR 1.2，每版一个文件"),
        readers=Words("browsers and OCR tools", "浏览器和 OCR 工具"),
    )
    TEI = FormatDeclaration(
        name="tei",
        module="banmian.archive.xml.tei",
        what=Words(
            "TEI P5, a file for each issue: the articles, the zones of their lines, each edit with both readings and "
            "who is responsible",
            "TEI P5，每期一个文件：文章、各行的区域、每处改动的两种写法和责任人",
        ),
        readers=Words("corpora and editions", "语料库和整理本"),
    )
    IIIF = FormatDeclaration(
        name="iiif",
        module="banmian.archive.iiif.iiif",
        what=Words(
            "a IIIF Presentation 3 manifest for each issue, with its scans: articles as ranges, lines as text "
            "annotations",
            "每期一个 IIIF Presentation 3 清单，附扫描件：文章为 range，行为文本注释",
        ),
        readers=Words("Mirador and other viewers, from any web server", "Mirador 等阅览器，放在任何网站服务器上"),
        checks=(("manifest.json", "banmian.archive.iiif.check"),),
    )
    SOLR = FormatDeclaration(
        name="solr",
        module="banmian.archive.solr.solr",
        what=Words(
            "a JSON update file for each issue: a document for each article, its fields named as Chinese newspaper "
            "databases name them",
            "每期一个 JSON 更新文件：每篇文章一个文档，字段名与中文报纸数据库一致",
        ),
        readers=Words("the full-text search of a library", "图书馆的全文检索"),
        checks=(("solr.json", "banmian.archive.solr.solr"),),
    )
    PDF = FormatDeclaration(
        name="pdf",
        module="banmian.archive.pdf.pdf",
        what=Words(
            "a PDF/A-2b for each issue: the scans at their true size, each in its own encoding, and over them the "
            "clean text, invisible, glyph by glyph; bookmarks for pages, articles and where they go on",
            "每期一个 PDF/A-2b：扫描件保持原大和原编码，上面逐字覆盖不可见的整理文本；版面、文章和转版的书签",
        ),
        readers=Words(
            "every PDF reader: it is searched, and an article copies out in its reading order",
            "任何 PDF 阅读器：可检索，文章按阅读顺序复制",
        ),
        checks=((".pdf", "banmian.archive.pdf.check"),),
    )
    BAGIT = FormatDeclaration(
        name="bagit",
        module="banmian.archive.bagit.bagit",
        what=Words(
            "a bag (BagIt) for each issue: the scans and the formats that `--with` names, a sha512 of each file",
            "每期一个 BagIt 包：扫描件和 `--with` 指定的格式，每个文件有 sha512",
        ),
        readers=Words(
            "long-term storage, and whoever takes the issue over: `bagit.py --validate`",
            "长期保存，以及接收的一方：`bagit.py --validate`",
        ),
        checks=(("bagit.txt", "banmian.archive.bagit.check"),),
        is_bag=True,
    )


BAGGED: Final = tuple(f for f in Format if f.declaration.in_every_bag)
"""What a bag holds beside the scans, unless others are chosen; METS brings the ALTO that it leads to."""


def format_named(name: str) -> Format:
    """The format of that name; raises UsageError where there is none."""
    for known in Format:
        if known.value == name:
            return known
    raise UsageError(f"There is no export format called {name!r}.", f"Choose one of: {', '.join(Format)}")


class ExportOptions(NamedTuple):
    """A format with what there is to choose about it: `bagged` goes into a bag, `with_ledger` adds edits to jsonl."""

    format: Format
    bagged: Sequence[Format] = BAGGED
    with_ledger: bool = False


def writer(form: ExportOptions | Format) -> Write:
    """What writes the format; its module is loaded now, and none of the others."""
    form = form if isinstance(form, ExportOptions) else ExportOptions(form)
    declared = form.format.declaration
    write: Callable[..., None] = import_module(declared.module).write
    if declared.is_bag:
        return partial(write, formats={f.value: writer(form._replace(format=f)) for f in form.bagged})
    return partial(write, with_ledger=form.with_ledger) if declared.takes_ledger else write
