"""MODS 3.8: an issue, and each of its articles, as a library catalogues them."""

from __future__ import annotations

import re
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from banmian.archive.content.export_issue import ExportIssue
from banmian.archive.content.labels import issue_title, page_label, title_of
from banmian.archive.content.metadata import Metadata
from banmian.archive.xml.elements import Elements
from cleanup.article import Article

NAMESPACE: Final = "http://www.loc.gov/mods/v3"
_M: Final = Elements(NAMESPACE, {"mods": NAMESPACE})
_ONE: Final = re.compile(r"\s+")


def issue_mods(holding: ExportIssue) -> etree._Element:
    """The issue: its newspaper, date, numbers, publisher and rights, as far as they are known."""
    told = holding.metadata
    root = _M.mods(_title(issue_title(holding)), _M.typeOfResource("text"), _M.genre("newspaper issue"))
    _add_origin(root, told)
    _add_language(root, told)
    root.append(_M.identifier(issue_urn(holding), type="urn"))
    root.append(_M.identifier(_plain(holding.folder), type="local"))
    if len(newspaper := _newspaper(told)):
        root.append(newspaper)
    if told.rights:
        root.append(_M.accessCondition(_plain(told.rights), type="use and reproduction"))
    return root


def article_mods(holding: ExportIssue, article: Article) -> etree._Element:
    """The article: headline parts, byline and dateline as printed, date, pages, and where it goes on.

    A piece without a headline gets the beginning of its text, told as supplied.
    """
    root = _M.mods()
    _add_titles(root, article)
    if article.byline:
        role = _M.role(_M.roleTerm("author", type="text", authority="marcrelator"))
        root.append(_M.name(_M.namePart(_plain(article.byline)), role))
    root.append(_M.typeOfResource("text"))
    root.append(_M.genre(article.kind.value))
    _add_origin(root, Metadata(date=holding.metadata.date))
    _add_language(root, holding.metadata)
    if article.dateline:
        root.append(_M.note(_plain(article.dateline), type="dateline"))
    if len(host := _host(holding, article)):
        root.append(host)
    for printed, which in ((article.continued_from, "preceding"), (article.continued_to, "succeeding")):
        if printed:
            root.append(_M.relatedItem(_M.part(_M.detail(_M.number(_plain(printed)), type="page")), type=which))
    root.append(_M.identifier(_plain(article.id), type="local"))
    return root


def issue_urn(holding: ExportIssue) -> str:
    """An urn:uuid of the issue, the same in every export: made from the sums of its scans."""
    told = "\n".join(holding.sums) or holding.folder
    return uuid5(NAMESPACE_URL, told.encode("utf-8", "replace").decode()).urn


def _add_titles(root: etree._Element, article: Article) -> None:
    if not article.title:
        info = _title(title_of(article))
        info.set("supplied", "yes")
        root.append(info)
        return
    info = _title(article.title)
    if article.subtitle:
        info.append(_M.subTitle(_plain(article.subtitle)))
    root.append(info)
    if article.kicker:
        kicker = _title(article.kicker)
        kicker.attrib.update({"type": "alternative", "displayLabel": "引题"})
        root.append(kicker)


def _title(text: str) -> etree._Element:
    return _M.titleInfo(_M.title(_plain(text)))


def _add_origin(root: etree._Element, told: Metadata) -> None:
    origin = _M.originInfo()
    if told.place:
        origin.append(_M.place(_M.placeTerm(_plain(told.place), type="text")))
    if told.publisher:
        origin.append(_M.publisher(_plain(told.publisher)))
    if told.date:
        coded = {"encoding": "w3cdtf"} if told.day else {}
        origin.append(_M.dateIssued(_plain(told.date), coded))
    if len(origin):
        root.append(origin)


def _add_language(root: etree._Element, told: Metadata) -> None:
    if told.language:
        term = _M.languageTerm(_plain(told.language), type="code", authority="rfc5646")
        root.append(_M.language(term))


def _newspaper(told: Metadata) -> etree._Element:
    host = _M.relatedItem(type="host")
    if told.newspaper:
        host.append(_title(told.newspaper))
    for kind, number in (("issn", told.issn), ("cn", told.cn)):
        if number:
            host.append(_M.identifier(_plain(number), type=kind))
    return host


def _host(holding: ExportIssue, article: Article) -> etree._Element:
    """The newspaper, and in it the issue's date and the pages, by their 版次."""
    labels = {sheet.number: page_label(sheet) for sheet in holding.sheets}
    host, part = _newspaper(holding.metadata), _M.part()
    for number in article.pages:
        part.append(_M.detail(_M.number(labels.get(number, str(number))), type="page"))
    if holding.metadata.date:
        part.append(_M.date(_plain(holding.metadata.date)))
    if len(part):
        host.append(part)
    return host


def _plain(text: str) -> str:
    return _ONE.sub(" ", text).strip()
