"""A damaged data file: the newest good backup is found, told beside it and put in its place."""

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import attachments, audit, backups, checks, files, mending, since
from models.database import Database
from models.errors import DamagedError, UserError
from models.records.members import members
from models.rules.periods import PartialDate
from tests.models.conftest import NOON

PDF = b"%PDF-1.7 voucher"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "备份"


@pytest.fixture
def kept(either):
    with either.writing("登记") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
        attachments.add(session, "凭证.pdf", PDF)
    return either


def add(database, name):
    with database.writing("添加") as session:
        return members.add(session, {"name": name, "birth_date": PartialDate(1980)}).id


def spoil(path, start=0, length=64):
    content = bytearray(path.read_bytes())
    end = min(start + length, len(content))
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def names(path, password):
    with closing(Database.open(path, password)) as database, database.reading() as session:
        return session.scalars(select(members.Member.name).order_by(members.Member.id)).all()


@pytest.mark.parametrize(
    "damage",
    [
        spoil,
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PK\x03\x04" + path.read_bytes()[4:]),
        lambda path: spoil(path, 4096, 200_000),
    ],
    ids=["head", "cut", "empty", "foreign", "pages"],
)
def test_the_newest_good_backup_goes_on_and_the_damaged_file_is_put_aside(kept, folder, password, damage):
    path = kept.path
    backup = backups.make(kept, folder)
    add(kept, "李秀英")
    kept.close()
    damage(path)
    spoilt = path.read_bytes()
    with pytest.raises(DamagedError):
        names(path, password)
    path.with_name(f"{path.name}-journal").write_bytes(b"left")
    assert mending.newest_good(path, (folder,)) == backup
    done = mending.go_on_with(backup.path, path, AT)
    assert done.aside == path.with_name("甲支部.损坏-2026-11-23.zbtz")
    assert done.aside.read_bytes() == spoilt
    assert done.aside.with_name(f"{done.aside.name}-journal").read_bytes() == b"left"
    assert not path.with_name(f"{path.name}-journal").exists()
    assert done.missing == ()
    assert names(path, password) == ["张红卫"]
    assert backup.path.exists()
    with closing(Database.open(path, password)) as database:
        assert checks.check(database) == []
        with database.reading() as session:
            assert attachments.content(session, 1) == PDF


def test_what_was_done_since_is_told_as_far_as_it_can_be_read(kept, folder):
    for remark in ("一", "二", "三"):  # the same record, again and again
        with kept.writing("改") as session:
            members.change(session, 1, {"remark": remark})
    backup = backups.make(kept, folder)
    number = add(kept, "李秀英")
    add(kept, "王建国")
    with kept.writing("改") as session:
        members.change(session, 1, {"remark": "改过"})
        members.change(session, number, {"remark": "改过"})
    offered = mending.offer(kept.path, backup, kept.key, readable=True)
    assert offered.later is not None
    assert since.told(offered.later).startswith("新增党员 2")
    assert offered.later["members"] == since.Later("党员", added=2, changed=1)
    assert offered.later["members"].words == "会少 2 条，1 条回到改动以前"
    assert ("名册总数（含已离开）", "1 人") in [(each.name, each.text) for each in offered.figures]
    kept.close()
    spoil(kept.path, 4096, 200_000)
    offered = mending.offer(kept.path, backup, kept.key, readable=True)
    assert offered.later is None
    assert offered.figures
    assert mending.offer(kept.path, backup, None, readable=False).figures == ()


def test_nothing_was_done_since(kept, folder):
    backup = backups.make(kept, folder)
    later = mending.offer(kept.path, backup, kept.key, readable=True).later
    assert later == {}
    assert since.told(later) == ""


def test_a_trail_that_leads_elsewhere_tells_nothing(kept):
    with kept.reading() as session:
        assert since.later(session, audit.Anchor(2, "0" * 64)) is None
        counts = since.counts(session)
    assert counts["members"] == 1
    assert counts["payments"] == 0


def test_a_bad_backup_gives_way_to_an_older_good_one(kept, folder, tmp_path):
    moment = [NOON]
    kept.clock = lambda: moment[0]
    made = []
    for _ in range(4):
        made.append(backups.make(kept, folder))
        moment[0] += timedelta(minutes=30)
    spoil(made[3].path, 8192)
    made[2].path.write_bytes(made[2].path.read_bytes()[:-4096])
    (tmp_path / "乙").mkdir()
    copy = shutil.copyfile(made[0].path, tmp_path / "乙" / kept.path.name)
    with closing(Database.with_key(copy, kept.key)) as elsewhere:
        backups.make(elsewhere, folder)
    assert mending.newest_good(kept.path, (tmp_path / "没有", folder)) == made[1]
    for backup in made:
        backup.path.unlink()
    assert mending.newest_good(kept.path, (folder,)) is None


def test_a_second_damage_on_a_day_keeps_both(kept, folder):
    backup = backups.make(kept, folder)
    kept.close()
    asides = set()
    for start in (0, 8):
        spoil(kept.path, start)
        asides.add(mending.go_on_with(backup.path, kept.path, AT).aside)
    assert len(asides) == 2
    assert all(each.exists() for each in asides)


def test_a_backup_that_cannot_be_brought_back_leaves_all_as_it_was(kept, folder, monkeypatch):
    backup = backups.make(kept, folder)
    kept.close()
    spoil(kept.path)
    before = {each: each.read_bytes() for each in kept.path.parent.iterdir() if each.is_file()}

    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "flush", full)
    with pytest.raises(UserError, match="磁盘空间不够"):
        mending.go_on_with(backup.path, kept.path, AT)
    assert {each: each.read_bytes() for each in kept.path.parent.iterdir() if each.is_file()} == before


def test_scans_that_are_missing_or_damaged_come_back_too(kept, folder):
    with kept.writing("附件") as session:
        made = [attachments.add(session, f"{number}.pdf", PDF) for number in range(3)]
        stored = {each.id: each.stored for each in made}
    backups.make(kept, folder)
    own = attachments.folder_of(kept.path)
    gone, spoilt, lost = stored
    (own / stored[gone]).unlink()
    spoil(own / stored[spoilt], 20, 8)
    (own / stored[lost]).unlink()
    (folder / attachments.FOLDER / stored[lost]).unlink()
    assert mending.mend_scans(kept, folder) == 2
    with kept.reading() as session:
        assert [attachments.content(session, each) for each in (gone, spoilt)] == [PDF, PDF]
        assert len(attachments.problems(session)) == 1
    assert len(list(own.glob(f"{stored[spoilt]}.damaged-*"))) == 1
