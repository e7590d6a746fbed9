"""Scans and workspaces at addresses: a store of objects, spoken to as it will be, through a server of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from banmian.batch.intake import find
from banmian.batch.verify import Audit
from banmian.errors import StorageFailed
from banmian.store import remote
from banmian.store.entries import Tally
from banmian.store.mirror import Mirror, MirrorHead
from banmian.store.workspace import Workspace
from layout.errors import InputUnusable, UsageError
from tests.banmian.doubles import Batch


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """An empty bucket of its own, and a folder of its own for mirrors."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "BANMIAN_STATE": str(tmp_path / "state"),
    }.items():
        monkeypatch.setenv(name, value)
    import boto3  # noqa: PLC0415 - comes with moto

    name = f"bucket-{abs(hash(request.node.nodeid)) % 10**8}"
    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}"


def test_scans_and_workspace_at_addresses(bucket: str, tmp_path: Path) -> None:
    """A batch over objects leaves the bytes that a batch over files leaves, at the address and in a new mirror."""
    here = Batch(tmp_path / "here").put("a", "ok 一", "fail torn").put("b", "ok frame frame")
    here.run()
    there = _at(bucket, tmp_path, here)
    assert there.run() == Tally(done=3, failed=1)
    with Workspace.open(there.work) as workspace:
        assert list(Audit(workspace).findings()) == []
        fetched = [remote.at_hand(p.path, p.address).read_text() for p in workspace.pages(1)]
    assert fetched == ["ok 一", "fail torn"]
    assert {n: d for n, d in _files(there.work).items() if not n.endswith("log.jsonl")} == here.files()


def test_another_machine_goes_on(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the mirror begins with the record at the address, and does nothing twice."""
    here = Batch(tmp_path / "here").put("a", "ok 一", "ok 二")
    there = _at(bucket, tmp_path, here)
    there.run()
    monkeypatch.setenv("BANMIAN_STATE", str(tmp_path / "other"))
    again = _at(bucket, tmp_path, here)
    assert again.run() == Tally(done=2)
    assert again.listener.finished == []


def test_a_page_without_its_record_is_not_read_again(bucket: str, tmp_path: Path) -> None:
    """Where the record was lost and the results were not, their receipts are taken."""
    here = Batch(tmp_path / "here").put("a", "ok 一")
    there = _at(bucket, tmp_path, here)
    there.run()
    for name in ("workspace.sqlite", "workspace.json"):
        remote.remove(f"{bucket}/w/{name}")
    for name in ("workspace.sqlite", "serial"):
        (there.work / name).unlink()
    there.worked_on()
    assert there.run() == Tally(done=1)


def test_a_changed_object_is_read_again(bucket: str, tmp_path: Path) -> None:
    """The store's mark of an object is part of the key; another object is another scan."""
    here = Batch(tmp_path / "here").put("a", "ok 一", "ok 二")
    there = _at(bucket, tmp_path, here)
    there.run()
    remote.write(f"{bucket}/scans/a/p2.png", "ok 三".encode())
    there.listener.finished.clear()
    there.run()
    assert there.listener.finished == ["a/p2.png", "a/p2.png", "a"]


def test_verify_finds_what_befell_objects(bucket: str, tmp_path: Path) -> None:
    """A result changed, one taken away and one added at the address are found, and so is a scan that is gone."""
    here = Batch(tmp_path / "here").put("a", "ok 一", "ok 二")
    there = _at(bucket, tmp_path, here)
    there.run()
    remote.write(f"{bucket}/w/issues/a/pages/0001/page.json", b"forged")
    remote.remove(f"{bucket}/w/issues/a/issue.json")
    remote.write(f"{bucket}/w/issues/a/stray.txt", b"who put this here")
    remote.remove(f"{bucket}/scans/a/p2.png")
    remote.write(f"{bucket}/scans/c/p1.png", b"ok")
    with Workspace.open(there.work, results=False) as workspace:
        told = {f"{f.change.value} {f.kind} {f.path}" for f in Audit(workspace).findings()}
    assert told == {
        f"missing scan {bucket}/scans/a/p2.png",
        f"added scan {bucket}/scans/c/p1.png",
        f"missing output {bucket}/w/issues/a/issue.json",
        f"changed output {bucket}/w/issues/a/pages/0001/page.json",
        f"added output {bucket}/w/issues/a/stray.txt",
    }


def test_a_workspace_at_an_address_has_one_run_at_a_time(bucket: str, tmp_path: Path) -> None:
    """A machine that is at work says so at the address; another is refused until then."""
    here = Batch(tmp_path / "here").put("a", "ok 一")
    there = _at(bucket, tmp_path, here)
    there.run()
    remote.write(f"{bucket}/w/workspace.json", b'{"serial":9,"holder":"elsewhere:1","until":9999999999.0}')
    with pytest.raises(UsageError, match="in use by another run"):
        Mirror(there.work, f"{bucket}/w").take()


def test_a_shared_folder_keeps_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """file:// puts the results into a folder that others share, and the record SQLite keeps on this machine's disk."""
    monkeypatch.setenv("BANMIAN_STATE", str(tmp_path / "state"))
    batch = Batch(tmp_path / "here").put("a", "ok 一")
    batch.run()
    shared = Batch(tmp_path / "here", workspace=remote.mirror_of(f"file://{tmp_path}/shared"))
    assert shared.run() == Tally(done=1)
    assert (tmp_path / "shared/issues/a/issue.json").read_bytes() == batch.files()["issues/a/issue.json"]
    assert (tmp_path / "state/file").is_dir()


def test_the_record_of_a_mirror_begins_empty(bucket: str, tmp_path: Path) -> None:
    """Where nothing lies at the address, there is no head, and pulling brings nothing."""
    mirror = Mirror(tmp_path / "m", f"{bucket}/nothing")
    mirror.pull()
    mirror.pull_results()
    assert not (tmp_path / "m").exists()
    assert MirrorHead(0).until == 0


def test_an_address_that_holds_nothing_is_told(bucket: str) -> None:
    """An address without objects cannot be opened; one with no scan among them holds no scans."""
    with pytest.raises(InputUnusable, match="is not there, or holds nothing"):
        find([f"{bucket}/nothing"])
    remote.write(f"{bucket}/letters/letter.txt", b"Dear Sir")
    with pytest.raises(InputUnusable, match="holds no scans"):
        find([f"{bucket}/letters"])
    with pytest.raises(UsageError, match="leads no way up"):
        remote.placed(f"{bucket}/a/../b")


def test_an_address_is_searched_as_a_folder_is(bucket: str) -> None:
    """A workspace among the scans is no issue, and pages in formats that are not opened are named."""
    for name in ("报/10.png", "报/2.png", "报/2.djvu", "报/logo.gif", "晚报/01.pdg", "报/.trash/3.png"):
        remote.write(f"{bucket}/scans/{name}", b"x")
    for name in ("workspace.sqlite", "issues/报/pages/0001/articles.png"):
        remote.write(f"{bucket}/scans/work/{name}", b"x")
    found = find([f"{bucket}/scans"])
    assert [(i.name, [s.shown for s in i.scans]) for i in found.issues] == [("报", ["报/2.png", "报/10.png"])]
    assert [p.met.removeprefix(f"{bucket}/scans/") for p in (*found.notices, *found.problems)] == [
        "报: files in formats that Banmian does not open (1): logo.gif",
        "晚报: files in formats that Banmian does not open (1): 01.pdg",
    ]
    with pytest.raises(InputUnusable, match=r"(?s)holds no scans.*It is a workspace.*banmian status s3://"):
        find([f"{bucket}/scans/work"])
    with pytest.raises(InputUnusable, match=r"scans/晚报/01\.pdg: files in formats"):
        find([f"{bucket}/scans/晚报/01.pdg"])


def test_a_bucket_that_is_not_there_is_told(bucket: str) -> None:
    """Writing into no bucket names the address and what to do."""
    with pytest.raises(StorageFailed, match="s3://nowhere-at-all/w/x cannot be written"):
        remote.write("s3://nowhere-at-all/w/x", b"x")


def test_a_store_that_cannot_be_reached_ends_the_run(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that stays away is no page's fault: the error is the storage's, after several tries."""
    monkeypatch.setattr(remote, "_WAITS", (0.01,))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()
    with pytest.raises(StorageFailed, match="could not be reached"):
        remote.read("s3://elsewhere/x")


def _at(bucket: str, tmp_path: Path, here: Batch) -> Batch:
    """The batch with its scans put into the bucket, and its workspace there."""
    for file in here.inputs.rglob("*.png"):
        address = f"{bucket}/scans/{file.relative_to(here.inputs).as_posix()}"
        if remote.read(address) is None:
            remote.write(address, file.read_bytes())
    return Batch(tmp_path / "there", 1, source=f"{bucket}/scans", workspace=remote.mirror_of(f"{bucket}/w"))


def _files(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in (root / "issues").rglob("*") if f.is_file()}
