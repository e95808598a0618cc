"""F20 to F22: texts of any length stand on the paper once, and the signatures on the last page with something over."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from exporters.forms import minutes
from models.errors import UserError
from models.ledgers.life.minutes_papers import Away, MinutesRecord, Photo
from tests.exporters import pages
from tests.exporters.forms.meeting_records import MINUTES, THEME_DAY


def texts(tmp_path: Path, record: MinutesRecord) -> list[str]:
    assert minutes.draw([record], tmp_path / "x.pdf") == frozenset()
    return pages.texts(tmp_path / "x.pdf")


@pytest.mark.parametrize("lines", [0, 1, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 40, 41, 42, 43, 44, 45, 200])
@pytest.mark.parametrize("resolved", [1, 6, 70])
def test_every_line_stands_once_and_nobody_signs_an_empty_page(tmp_path: Path, lines: int, resolved: int) -> None:
    said = "\n".join(f"第{number:03d}条。" for number in range(lines))
    decided = "\n".join(f"决定{number:03d}。" for number in range(resolved))
    found = texts(tmp_path, replace(MINUTES, text=said, resolution=decided))
    whole = "".join(found)
    assert re.findall(r"第\d{3}条。", whole) == said.split("\n" if lines else None)
    assert re.findall(r"决定\d{3}。", whole) == decided.split("\n")
    assert ["主持人签字" in text for text in found] == [False] * (len(found) - 1) + [True]
    assert re.search(r"条。|决定", found[-1])
    assert [f"第 {n} 页　共 {len(found)} 页" in text for n, text in enumerate(found, 1)] == [True] * len(found)
    assert ["（续）" in text for text in found] == [number > 0 for number in range(len(found))]


def test_a_record_of_one_page_is_as_the_form_is(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, MINUTES)
    for words in ("支部党员大会记录", "12人（有表决权 11人）", "9人（有表决权 8人）", "刘洋（出差，请假）",
                  "吴国强（缺席）", "2026年11月23日", "15时—16时30分", "后续：报批"):  # fmt: skip
        assert words in text
    assert pages.sizes(tmp_path / "x.pdf") == [(210, 297)]


def test_what_follows_has_a_place_of_its_own_where_the_foot_is_too_short(tmp_path: Path) -> None:
    tasks = tuple(f"第{n}件要办的事（周丽萍）" for n in range(12))
    (text,) = texts(tmp_path, replace(MINUTES, text="", votes=(), follow_ups=tasks))
    assert "后续事项" in text
    assert "后续：" not in text
    assert "第11件要办的事（周丽萍）" in text


def test_what_follows_takes_two_lines_of_the_foot_at_most(tmp_path: Path) -> None:
    tasks = tuple(f"第{n}件要办的事（周丽萍）" for n in range(4))
    (text,) = texts(tmp_path, replace(MINUTES, follow_ups=tasks))
    assert "后续：第0件要办的事（周丽萍）；" in text
    assert text.count("的事（周丽萍）") == 4
    assert "后续事项" not in text


def test_sixty_absentees_and_many_fields_leave_room_for_the_text(tmp_path: Path) -> None:
    away = tuple(Away(f"党员甲{n:02d}", "请假", "因公出差到外地参加培训") for n in range(60))
    more = tuple((f"自设{n}", "很长的内容，" * 30) for n in range(12))
    found = texts(tmp_path, replace(MINUTES, away=away, more=more))
    assert len(re.findall(r"党员甲\d\d", pages.squeezed("".join(found)))) == 60
    assert "林小满同志汇报" in found[0]


def test_a_record_entered_later_says_so(tmp_path: Path) -> None:
    (text,) = texts(tmp_path, replace(MINUTES, entered_on=MINUTES.held_on))
    assert "补录（2026年11月23日录入）" in text
    assert "补录" not in texts(tmp_path, MINUTES)[0]


@pytest.fixture(scope="module")
def photograph() -> bytes:
    """A picture as a telephone takes it, of which little can be packed away."""
    picture = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(picture, "JPEG", quality=95)
    return picture.getvalue()


@pytest.mark.parametrize(
    ("photos", "sheets"), [(1, 1), (2, 1), (4, 1), (5, 2), pytest.param(9, 3, marks=pytest.mark.slow)]
)
def test_photographs_stand_behind_two_to_four_a_page(
    tmp_path: Path, photograph: bytes, photos: int, sheets: int
) -> None:
    found = texts(tmp_path, replace(THEME_DAY, photos=(Photo("a.jpg", lambda: photograph),) * photos))
    assert len(found) == 1 + sheets
    assert re.findall(r"照片 (\d)", "".join(found)) == [str(n) for n in range(1, photos + 1)]
    assert (tmp_path / "x.pdf").stat().st_size < photos * len(photograph) * 0.5


def test_a_photograph_that_is_missing_is_said_and_the_others_are_drawn(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (40, 20), (255, 0, 0, 0)).save(picture, "PNG")

    def missing() -> bytes:
        raise UserError("附件“会场.jpg”的文件不见了。")

    found = texts(tmp_path, replace(THEME_DAY, photos=(Photo("会场.jpg", missing), Photo("b.png", picture.getvalue))))
    assert "附件“会场.jpg”的文件不见了。" in found[1]
    assert "照片 2" in found[1]
