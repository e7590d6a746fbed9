"""What is wrong with a bag, each difference for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import bagit

from banmian.archive.content.finding import ExportFault, ExportFinding
from banmian.store.display_path import shown
from banmian.store.storage import digest_of


def findings(mark: Path) -> Iterator[ExportFinding]:
    """All that is wrong with the bag that `mark`, its bagit.txt, lies in: what is missing, added or changed.

    bagit-python says whether it is valid. It ends at its first kind of fault, so the differences are told from here.
    """
    bag, opened = mark.parent, None
    try:
        opened = bagit.Bag(str(bag))
        opened.validate()
    except (bagit.BagError, OSError, ValueError) as e:
        differences = [] if opened is None else list(_differences(bag, opened))
        yield from differences or [ExportFinding(shown(bag), ExportFault.DAMAGED, " ".join(str(e).split()))]


def _differences(bag: Path, opened: bagit.Bag) -> Iterator[ExportFinding]:
    missing, added = opened.compare_manifests_with_fs()
    for fault, names in ((ExportFault.MISSING, missing), (ExportFault.ADDED, added)):
        yield from (
            ExportFinding(shown(bag / name), fault, "the bag's manifest says otherwise") for name in sorted(names)
        )
    for name, sums in sorted(opened.entries.items()):
        stated = sums.get("sha512")
        if stated and (bag / name).is_file() and digest_of(bag / name) != stated:
            yield ExportFinding(
                shown(bag / name), ExportFault.CHANGED, "its sha512 is not the one in the bag's manifest"
            )
