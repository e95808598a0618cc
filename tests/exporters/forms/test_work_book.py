"""The bound year: every contents line leads to the page where its paper begins, pages are counted through."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from exporters.forms import work_book
from models.ledgers.life.work_book import Part, WorkBookRecord
from tests.exporters import pages, sheets
from tests.exporters.forms.meeting_records import BOOK, MINUTES

MANY = replace(BOOK, parts=(
    Part("花名册", (sheets.roster(120),)),
    Part("支部委员会会议记录", tuple(
        replace(MINUTES, theme=f"议题第{n:03d}号", text="一行。\n" * (n % 60), held_on=date(2026, 1 + n // 10, 5))
        for n in range(110)
    )),
    Part("组织生活会记录"),
    *(Part(f"第{n}类记录", (replace(MINUTES, theme=f"类{n}"),)) for n in range(4, 25)),
))  # fmt: skip


def drawn(tmp_path: Path, *records: WorkBookRecord) -> list[str]:
    assert work_book.draw(records, tmp_path / "x.pdf") == frozenset()
    return pages.texts(tmp_path / "x.pdf")


def test_the_contents_lead_to_the_pages(tmp_path: Path) -> None:
    found = drawn(tmp_path, MANY)
    contents = "".join(text for text in found[1:8] if "目　　录" in text)
    entries = re.findall(r"(议题第\d{3}号) ·+ (\d+)", contents)
    assert len(entries) == 110
    assert all(title in found[int(page) - 1] for title, page in entries)
    assert re.search(r"三、组织生活会记录 ·+ 无", contents)
    assert re.search(r"二十四、第24类记录 ·+ \d+", contents)
    first = re.search(r"一、花名册 ·+ (\d+)", contents)
    assert first is not None
    assert "党员花名册" in found[int(first[1]) - 1]


def test_every_page_but_the_cover_has_its_number_in_the_book(tmp_path: Path) -> None:
    found = drawn(tmp_path, MANY)
    assert "党支部工作手册" in found[0]
    assert "页" not in found[0]
    for number, text in enumerate(found[1:], start=2):
        assert f"第 {number} 页" in text
        assert f"共 {len(found)} 页" in text


def test_each_branch_has_a_book_of_its_own(tmp_path: Path) -> None:
    found = drawn(tmp_path, BOOK, replace(BOOK, unit="第二党支部", parts=BOOK.parts[:2]))
    half = len(drawn(tmp_path, BOOK))
    assert "第二党支部" in found[half]
    assert f"共 {len(found) - half} 页" in found[-1]
    assert f"第 {len(found) - half} 页" in found[-1]


def test_readers_show_its_parts_beside_the_pages(tmp_path: Path) -> None:
    drawn(tmp_path, BOOK)
    with closing(pypdfium2.PdfDocument(tmp_path / "x.pdf")) as document:
        marks = [(mark.get_title(), mark.level) for mark in document.get_toc()]
    assert marks == [
        ("封面", 0), ("目录", 0), ("一、支部党员大会记录", 0), ("11月23日　讨论林小满同志按期转正", 1),
        ("三、党员考勤表", 0), ("四、公示", 0),
    ]  # fmt: skip


def test_it_says_how_far_it_is_and_stops_where_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"old")
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_book.draw([MANY], tmp_path / "x.pdf", stop)
    assert told == [(n, 132) for n in range(1, 8)]
    assert (tmp_path / "x.pdf").read_bytes() == b"old"


def test_equal_books_give_equal_bytes(tmp_path: Path) -> None:
    work_book.draw([BOOK], tmp_path / "a.pdf")
    work_book.draw([replace(BOOK)], tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_blank_book_has_the_contents_without_pages(tmp_path: Path) -> None:
    cover, contents = drawn(tmp_path, WorkBookRecord())
    assert "年度" in cover
    assert "支部党员大会记录" in contents
    assert "无" not in contents
