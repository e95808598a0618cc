"""Backups that were read back before they count, and what they bring back."""

import json
import os
import shutil
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models import attachments, backups, checks, files, manifests, passwords, trail
from models.attachments import FOLDER
from models.database import Database
from models.errors import UserError
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.unlocking import PasswordNeededError, WrongPasswordError
from tests import founded, samples
from tests.models.conftest import PASSWORD

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 voucher"


@pytest.fixture
def kept(either):
    """A file with a member and a scan."""
    with either.writing("登记") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
        attachments.add(session, "凭证.pdf", PDF)
    return either


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "备份"


def add(database, name):
    with database.writing("添加") as session:
        members.add(session, {"name": name, "birth_date": PartialDate(1980)})


def names(database):
    with database.reading() as session:
        return session.scalars(select(Member.name).order_by(Member.id)).all()


def left_in(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_backup_opens_like_the_file_with_its_scans(kept, folder, password):
    made = backups.make(kept, folder)
    assert made.sound
    with closing(Database.open(made.path, password)) as copy:
        assert names(copy) == ["张红卫"]
        assert copy.encrypted == kept.encrypted
        assert checks.check(copy) == []
        with copy.reading() as session:
            assert attachments.content(session, 1) == PDF


def test_a_backup_lies_alone_with_its_manifest(kept, folder):
    made = backups.make(kept, folder)
    assert left_in(folder) == sorted([made.path.name, manifests.manifest_of(made.path).name, FOLDER])
    assert made.path.name.startswith("甲支部-2026")


def test_an_encrypted_backup_tells_nothing(kept, folder, password):
    made = backups.make(kept, folder)
    assert ("张红卫".encode() in made.path.read_bytes()) == (password is None)


def test_the_manifest_says_what_was_verified_and_nothing_personal(kept, folder):
    made = backups.make(kept, folder)
    with kept.reading() as session:
        anchored = trail.anchor(session)
    assert made.anchor == anchored
    assert made.digest == files.digest(made.path)
    told = json.loads(manifests.manifest_of(made.path).read_text(encoding="utf-8"))
    assert told["trail_length"] == anchored.length
    assert told["trail_head"] == anchored.head
    assert told["sha256"] == made.digest
    assert "张红卫" not in json.dumps(told, ensure_ascii=False)
    assert str(kept.path.parent) not in json.dumps(told, ensure_ascii=False)
    assert backups.backups_in(folder) == [made]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_does_no_harm(tmp_path, folder):
    path = tmp_path / os.fsdecode(b"\xff\xfe.zbtz")
    with closing(Database.create(path)) as database:
        made = backups.make(database, folder)
        assert backups.backups_in(folder, path.stem) == [made]
    backups.restore(made.path, tmp_path / "恢复.zbtz")


def test_backups_are_listed_from_the_newest(kept, folder):
    first, second = backups.make(kept, folder), backups.make(kept, folder)
    shutil.copyfile(first.path, folder / f"没有清单{manifests.ENDING}")
    (folder / f"坏清单{manifests.ENDING}").touch()
    (folder / f"坏清单{manifests.MANIFEST}").write_text("[]", encoding="utf-8")
    assert backups.backups_in(folder) == [second, first]
    assert backups.backups_in(folder, "甲支部") == [second, first]
    assert backups.backups_in(folder, "乙支部") == []
    assert backups.backups_in(folder / "没有") == []


def test_a_backup_is_of_one_moment_while_others_write(kept, folder, password):
    with closing(Database.open(kept.path, password)) as other, other.writing("添加") as session:
        members.add(session, {"name": "李秀英", "birth_date": PartialDate(1980)})
        made = backups.make(kept, folder)
    with closing(Database.open(made.path, password)) as copy:
        assert names(copy) == ["张红卫"]
    assert names(kept) == ["张红卫", "李秀英"]


def test_a_damaged_file_gives_no_backup_and_leaves_the_older_ones(kept, folder):
    good = backups.make(kept, folder)
    before = left_in(folder)
    kept.close()
    content = bytearray(kept.path.read_bytes())
    content[6 * 4096 : 8 * 4096] = bytes(8192)
    kept.path.write_bytes(content)
    with pytest.raises(UserError, match=r"没有通过核验|已损坏"):
        backups.make(kept, folder)
    assert left_in(folder) == before
    backups.verify(good.path)


def test_a_copy_that_lost_something_is_no_backup(kept, folder, monkeypatch):
    monkeypatch.setattr(backups, "_copy", _copy_without_the_last_change)
    with pytest.raises(UserError, match="备份没有通过核验，没有采用"):
        backups.make(kept, folder)
    assert left_in(folder) == []


_copy = backups._copy


def _copy_without_the_last_change(database, aside):
    _copy(database, aside)
    add(database, "李秀英")
    with database.reading() as session:
        return trail.anchor(session)


def test_a_file_that_others_changed_is_kept_but_not_as_a_sound_one(database, folder):
    add(database, "张红卫")
    good = backups.make(database, folder)
    with closing(database.connect()) as connection:
        connection.execute("UPDATE members SET phone = '1'")
    suspect = backups.make(database, folder)
    assert (good.sound, suspect.sound) == (True, False)
    assert [backup.sound for backup in backups.backups_in(folder)] == [False, True]


@pytest.mark.parametrize("step", ["flush", "digest", "put_new", "write"])
def test_a_full_disk_leaves_the_folder_as_it_was(kept, folder, monkeypatch, step):
    backups.make(kept, folder)
    before = left_in(folder)

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, step, full)
    with pytest.raises(UserError, match=r"备份没有做成.*磁盘空间不够"):
        backups.make(kept, folder)
    monkeypatch.undo()
    assert left_in(folder) == before


def test_a_folder_that_cannot_be_is_told(kept, tmp_path):
    (tmp_path / "文件").touch()
    with pytest.raises(UserError, match="备份没有做成"):
        backups.make(kept, tmp_path / "文件" / "备份")


def test_a_read_only_file_can_be_backed_up(kept, folder, password):
    kept.close()
    with closing(Database.open(kept.path, password, read_only=True)) as reader:
        assert backups.make(reader, folder).sound


def test_a_copy_of_a_file_that_is_only_read_has_everything(kept, tmp_path, password):
    kept.close()
    (tmp_path / "本机").mkdir()
    target = tmp_path / "本机" / "甲支部.zbtz"
    with closing(Database.open(kept.path, password, read_only=True)) as reader:
        assert backups.duplicate(reader, target) == ()
        with pytest.raises(UserError, match="已经存在"):
            backups.duplicate(reader, target)
    assert left_in(target.parent) == ["甲支部.zbtz", FOLDER]
    with closing(Database.open(target, password)) as copy:
        assert names(copy) == ["张红卫"]
        assert checks.check(copy) == []


def test_scans_are_copied_once_and_a_lost_one_is_named(kept, folder):
    first = backups.make(kept, folder)
    (stored,) = first.scans
    (folder / FOLDER / stored).write_bytes(b"as it was")
    with kept.writing("再附") as session:
        lost = attachments.add(session, "丢失.pdf", PDF).stored
    (kept.path.parent / FOLDER / lost).unlink()
    second = backups.make(kept, folder)
    assert (folder / FOLDER / stored).read_bytes() == b"as it was"
    assert set(second.scans) == {stored, lost}
    assert second.missing == (lost,)


def test_what_a_crash_left_of_a_backup_goes(kept, folder, dead_name):
    (folder / FOLDER).mkdir(parents=True)
    (folder / dead_name).touch()
    (folder / FOLDER / dead_name).touch()
    backups.make(kept, folder)
    assert not list(folder.rglob(".~*"))


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.mark.slow
def test_older_backups_are_thinned_but_only_those_of_this_file(tmp_path, folder):
    clock = Clock()
    clock.now = NOON - timedelta(days=60)
    with closing(Database.create(tmp_path / "乙.zbtz", clock=clock)) as other:
        backups.make(other, folder)
        backups.make(other, folder)
    with closing(Database.create(tmp_path / "甲.zbtz", clock=clock)) as database:
        for _ in range(60):
            for hour in (9, 17):
                clock.now = clock.now.replace(hour=hour)
                backups.make(database, folder)
            clock.now += timedelta(days=1)
        found = backups.backups_in(folder, "甲")
        assert 14 + 2 <= len(found) <= 14 + 8 + 3 + 4
        assert found[0].made_at == (NOON - timedelta(days=1)).replace(hour=17)
        assert len(backups.backups_in(folder, "乙")) == 2
    assert len([name for name in left_in(folder) if name.endswith(manifests.MANIFEST)]) == len(found) + 2


def test_thinning_trusts_no_backup_that_lost_its_size(tmp_path, folder):
    clock = Clock()
    clock.now = NOON - timedelta(days=10)
    with closing(Database.create(tmp_path / "甲.zbtz", clock=clock)) as database:
        morning = backups.make(database, folder)
        clock.now += timedelta(hours=1)
        later = backups.make(database, folder)
        later.path.write_bytes(later.path.read_bytes()[:-4096])
        clock.now = NOON
        backups.make(database, folder)
    assert morning.path.exists()
    assert later.path.exists()


def test_a_backup_remembers_the_trail_for_the_check(database, folder, tmp_path):
    add(database, "张红卫")
    made = backups.make(database, folder)
    ((where, anchored),) = backups.anchors(folder, database.path)
    assert where == f"{made.made_at:%Y-%m-%d %H:%M} 的备份"
    assert anchored == made.anchor
    assert backups.anchors(folder, tmp_path / "别的.zbtz") == []
    assert checks.check(database, backups.anchors(folder, database.path)) == []


def test_a_backup_comes_back_under_a_new_name_with_its_scans(kept, folder, tmp_path, password):
    made = backups.make(kept, folder)
    add(kept, "李秀英")
    there = tmp_path / "恢复"
    there.mkdir()
    assert backups.restore(made.path, there / "甲支部.zbtz", password) == ()
    assert left_in(there) == ["甲支部.zbtz", FOLDER]
    with closing(Database.open(there / "甲支部.zbtz", password)) as restored:
        assert names(restored) == ["张红卫"]
        assert checks.check(restored) == []
        add(restored, "王建国")
    assert names(kept) == ["张红卫", "李秀英"]


def test_a_backup_comes_back_beside_the_file_itself(kept, folder, password):
    made = backups.make(kept, folder)
    target = kept.path.with_name("恢复.zbtz")
    assert backups.restore(made.path, target, password) == ()
    with closing(Database.open(target, password)) as restored, restored.reading() as session:
        assert attachments.content(session, 1) == PDF


def test_a_name_that_is_taken_is_refused(kept, folder, tmp_path):
    made = backups.make(kept, folder)
    before = kept.path.read_bytes()
    with pytest.raises(UserError, match="已经存在"):
        backups.restore(made.path, kept.path)
    assert kept.path.read_bytes() == before
    (tmp_path / "新.zbtz-journal").touch()
    with pytest.raises(UserError, match="留有旧的"):
        backups.restore(made.path, tmp_path / "新.zbtz")


def test_a_backup_that_changed_is_refused(kept, folder, tmp_path, password):
    made = backups.make(kept, folder)
    content = bytearray(made.path.read_bytes())
    content[-100] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(UserError, match="与做备份时不同，已损坏"):
        backups.verify(made.path)
    with pytest.raises(UserError, match="与做备份时不同，已损坏"):
        backups.restore(made.path, tmp_path / "新.zbtz", password)
    assert not (tmp_path / "新.zbtz").exists()


def test_a_backup_without_its_manifest_is_opened_to_be_verified(kept, folder, tmp_path, password):
    made = backups.make(kept, folder)
    manifests.manifest_of(made.path).unlink()
    if password is not None:
        with pytest.raises(PasswordNeededError, match=r"甲支部.*设有密码"):
            backups.restore(made.path, tmp_path / "新.zbtz")
    there = tmp_path / "恢复"
    there.mkdir()
    assert backups.restore(made.path, there / "甲.zbtz", password) == ()
    with closing(Database.open(there / "甲.zbtz", password)) as restored, restored.reading() as session:
        assert attachments.content(session, 1) == PDF
    content = bytearray(made.path.read_bytes())
    content[4096 * 4 : 4096 * 7] = bytes(4096 * 3)
    made.path.write_bytes(content)
    with pytest.raises(UserError, match="不能用"):
        backups.restore(made.path, tmp_path / "新.zbtz", password)
    assert not (tmp_path / "新.zbtz").exists()


def test_an_encrypted_backup_comes_back_by_its_fingerprint_alone(tmp_path, folder):
    with closing(Database.create(tmp_path / "甲.zbtz", "一句自己记得住的话")) as database:
        made = backups.make(database, folder)
    backups.restore(made.path, tmp_path / "新.zbtz")
    with pytest.raises(WrongPasswordError):
        backups.restore(made.path, tmp_path / "新二.zbtz", "wrong words")
    with closing(Database.open(tmp_path / "新.zbtz", "一句自己记得住的话")) as restored:
        assert names(restored) == []


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no backup at all", b"SQLite format 3\x00" + bytes(9000)])
def test_what_is_no_backup_is_told(tmp_path, content):
    path = tmp_path / f"甲{manifests.ENDING}"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"找不到备份|不是支部台账|不能用"):
        backups.restore(path, tmp_path / "新.zbtz")
    assert not (tmp_path / "新.zbtz").exists()


def test_lost_scans_are_told_when_a_backup_comes_back(kept, folder, tmp_path, password):
    made = backups.make(kept, folder)
    shutil.rmtree(folder / FOLDER)
    there = tmp_path / "恢复"
    there.mkdir()
    assert backups.restore(made.path, there / "甲.zbtz", password) == made.scans


@pytest.mark.parametrize("name", ["../外面.bin", "{there}/外面.bin", "..", "CON", "a.txt:b", "外面.bin", 7, None])
def test_a_manifest_leads_to_nothing_outside_its_folder(kept, folder, tmp_path, password, name):
    """Whatever it names: only what lies among the scans of the backup is brought back."""
    made = backups.make(kept, folder)
    there = tmp_path / "恢复"
    there.mkdir()
    for place in (folder, tmp_path):
        (place / "外面.bin").write_bytes(b"secret")
    manifest = manifests.manifest_of(made.path)
    told = json.loads(manifest.read_text())
    given = name.format(there=tmp_path) if isinstance(name, str) else name
    manifest.write_text(json.dumps(told | {"scans": [given]}))
    assert backups.backups_in(folder) == []
    backups.restore(made.path, there / "甲.zbtz", password)
    assert sorted(each.name for each in there.rglob("*") if each.is_file()) == sorted(["甲.zbtz", *made.scans])


def test_a_year_of_the_sample_is_backed_up_and_brought_back_quickly(tmp_path, folder):
    with closing(samples.build(tmp_path / "示例.zbtz", samples.DAY)) as built:
        made = backups.make(built, folder)
        backups.restore(made.path, tmp_path / "恢复.zbtz")
        with closing(Database.open(tmp_path / "恢复.zbtz")) as restored:
            assert names(restored) == names(built)
            assert checks.check(restored) == []


def test_a_damaged_beginning_is_told_by_a_backup(database, folder, tmp_path):
    """Not by that of another file, nor where the password was changed since."""
    database.close()
    path = tmp_path / "锁.zbtz"
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=PASSWORD)) as made:
        first = backups.make(made, folder)
        assert backups.with_sound_head(path, folder) is None
        changed = passwords.change(made, PASSWORD, "后来换的另一个密码")
    changed.close()
    assert backups.with_sound_head(path, folder) is None
    with closing(Database.open(path, "后来换的另一个密码")) as made:
        second = backups.make(made, folder)
    content = path.read_bytes()
    path.write_bytes(b"spoilt" + content[6:])
    assert backups.with_sound_head(path, folder) == second
    path.write_bytes(first.path.read_bytes()[:8] + b"spoilt!!" + content[16:])
    assert backups.with_sound_head(path, folder) == first
    other = tmp_path / "别处" / "锁.zbtz"
    other.parent.mkdir()
    shutil.copyfile(path, other)
    assert backups.with_sound_head(other, folder) is None
