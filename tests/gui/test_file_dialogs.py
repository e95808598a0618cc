"""Where a dialog that asks for a file begins, and what a title is made into."""

from pathlib import Path

import pytest

from gui.parts.file_dialogs import nearest, safe_name


def test_a_folder_that_is_not_there_yet_gives_the_one_above(tmp_path: Path) -> None:
    assert nearest(tmp_path / "文档" / "支部台账") == tmp_path
    assert nearest(tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("title", "name"),
    [("2026年11月/12月 台账", "2026年11月_12月 台账"), (" .隐藏. ", "隐藏"), ("", "未命名"), ("甲" * 200, "甲" * 120)],
)
def test_a_title_becomes_a_name_any_system_takes(title: str, name: str) -> None:
    assert safe_name(title) == name
