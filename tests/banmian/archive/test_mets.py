"""METS: valid with all that is in it, its articles lead to their lines, its files are those that lie there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from banmian.archive.check import check
from banmian.archive.content.finding import ExportFault
from banmian.archive.content.xml_text import name_of
from banmian.archive.mets import mets
from banmian.archive.mets.mets import NAMESPACE, XLINK
from banmian.archive.mets.mods import NAMESPACE as MODS
from banmian.archive.mets.premis import NAMESPACE as PREMIS
from banmian.archive.mets.structmap import text_id
from banmian.archive.xml.alto import page_of_alto
from layout.errors import PageFailed
from tests.banmian.archive.issues import Desk
from tests.banmian.archive.standards import mods, schema
from tests.banmian.archive.stories import PERSON, TIMES, story

M, P, D = f"{{{NAMESPACE}}}", f"{{{PREMIS}}}", f"{{{MODS}}}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The exported folder of the story."""
    holding = story(Desk(tmp_path))
    mets.write(holding, tmp_path / "out")
    return tmp_path / "out" / holding.folder


def _root(folder: Path) -> etree._Element:
    return etree.parse(folder / mets.FILE).getroot()


def _alone(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))


def test_it_is_valid_with_all_that_is_in_it(folder: Path) -> None:
    """METS and PREMIS for libxml2, each MODS for xmlschema; ids unique over METS and ALTO, nothing dangles."""
    root = _root(folder)
    schema("mets/mets-1.12.1.xsd").assertValid(root)
    premis, catalogue = schema("premis/premis.xsd"), mods()
    told = list(root.iter(f"{P}event", f"{P}agent"))
    assert len(told) > 8
    for element in told:
        premis.assertValid(_alone(element))
    for element in root.iter(f"{D}mods"):
        catalogue.validate(_alone(element))
    assert check(folder) == []
    ids = Counter(i for f in folder.glob("*.xml") for e in etree.parse(f).iter(etree.Element) if (i := e.get("ID")))
    assert ids.most_common(1)[0][1] == 1


def test_an_article_leads_to_its_lines(folder: Path) -> None:
    """Newspaper, issue, article, heading and body; from the areas the lines of both pages come back, in order."""
    root = _root(folder)
    (issue,) = root.iterfind(f"{M}structMap[@TYPE='LOGICAL']/{M}div[@TYPE='Newspaper']/{M}div[@TYPE='Issue']")
    main, untitled, head = issue
    assert [main.get("TYPE"), untitled.get("TYPE"), head.get("TYPE")] == ["Article", "Article", "PageHead"]
    assert [_lines(folder, part) for part in main] == [
        ["新的一年", "山村邮路"],
        ["清晨六点，天还没亮", "透，邮递员便(推)", "下转第二版", "着车车出了 门。他", "走 了 二十七年。"],
    ]
    links = [[e.get(f"{{{XLINK}}}{end}", "") for end in ("from", "to")] for e in root.iter(f"{M}smLink")]
    assert ["mets.P0000.block.a_20_1.body.0", "mets.P0000.block.a_20_1.body.1"] in links
    assert sum(start == main.get("ID") for start, _ in links) == 2


def _lines(folder: Path, div: etree._Element) -> list[str]:
    """The lines as recognized that the areas of a div lead to."""
    out: list[str] = []
    for area in div.iter(f"{M}area"):
        number = next(n for n in (1, 2, 3) if text_id(n) == area.get("FILEID"))
        page = page_of_alto((folder / f"{number:04}.xml").read_bytes())
        begin = area.get("BEGIN", "")
        regions = {r.id: [n.text for n in r.lines] for r in page.regions}
        lines = {n.id: [n.text] for n in page.lines}
        out += (regions if ".block." in begin else lines)[name_of(begin)]
    return out


def test_an_article_has_its_record(folder: Path) -> None:
    """Title, kicker, date, pages by 版次 and where it goes on; the one without a headline has a supplied one."""
    root = _root(folder)
    main, untitled = [r for r in root.iter(f"{D}mods") if r.findtext(f"{D}genre") == "article"]
    assert [e.findtext(f"{D}title") for e in main.iterfind(f"{D}titleInfo")] == ["山村邮路", "新的一年"]
    assert main.findtext(f"{D}originInfo/{D}dateIssued") == "2019-11-06"
    host, after = main.iterfind(f"{D}relatedItem")
    assert [n.text for n in host.iterfind(f"{D}part/{D}detail/{D}number")] == ["A1", "A2"]
    assert (after.get("type"), after.findtext(f"{D}part/{D}detail/{D}number")) == ("succeeding", "5")
    supplied = untitled.find(f"{D}titleInfo")
    assert supplied is not None
    assert supplied.get("supplied") == "yes"


def test_provenance_tells_passes_and_people(folder: Path) -> None:
    """Capture, recognition, each pass that did something, each person with the time of the last decision."""
    root = _root(folder)
    events = {e.findtext(f"{P}eventIdentifier/{P}eventIdentifierValue"): e for e in root.iter(f"{P}event")}
    passes = {"continuation", "line_join", "doubled_glyphs", "punctuation", "person"}
    assert set(events) == {"capture", "recognition.1", "review.1", *(f"cleanup.{name}" for name in passes)}
    assert events["review.1"].findtext(f"{P}eventDateTime") == TIMES[1]
    assert PERSON in {e.findtext(f"{P}agentName") for e in root.iter(f"{P}agent")}


def test_a_second_export_gives_the_same_bytes(tmp_path: Path) -> None:
    """Ids and times are those of the issue, not of the export."""
    holding = story(Desk(tmp_path))
    for name in ("one", "two"):
        mets.write(holding, tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n / holding.folder).iterdir()} for n in ("one", "two"))
    assert one == two


def test_a_missing_scan_is_refused(tmp_path: Path) -> None:
    """METS vouches for the scans; the message names the page and the scan."""
    holding = story(Desk(tmp_path))
    (tmp_path / "scan 2 '报'.jpg").unlink()
    with pytest.raises(PageFailed, match=r"Page 2: the scan .*scan 2 '报'\.jpg is gone"):
        mets.write(holding, tmp_path / "out")


def test_all_damage_is_found(folder: Path) -> None:
    """A scan that changed, an ALTO that is gone, an area, a link and an agent that lead nowhere."""
    scan = folder.parents[1] / "scan 1 '报'.jpg"
    scan.write_bytes(scan.read_bytes() + b"!")
    (folder / "0003.xml").unlink()
    file = folder / mets.FILE
    text = file.read_text(encoding="utf-8")
    text = text.replace('BEGIN="alto.P0001.block.r1"', 'BEGIN="alto.P0001.block.r9"', 1)
    text = text.replace('xlink:to="mets.P0001.page."', 'xlink:to="mets.P0009.page."', 1)
    text = text.replace("AgentIdentifierValue>banmian<", "AgentIdentifierValue>nobody<", 1)
    file.write_text(text, encoding="utf-8")
    found = Counter(f.fault for f in check(folder))
    assert found == {ExportFault.CHANGED: 1, ExportFault.MISSING: 1, ExportFault.DANGLING: 3}
