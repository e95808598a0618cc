"""Names that every system takes and none takes for a path."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.filenames import LONGEST_BYTES, clean

DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
NASTY = st.text(st.one_of(st.sampled_from('/\\:*?"<>|. \x00\n\t\u202e\u200b\ufeff　'), st.characters()), max_size=300)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11月上缴凭证.pdf", "11月上缴凭证.pdf"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("C:\\temp\\a.pdf", "C__temp_a.pdf"),
        ("a.txt:b", "a.txt_b"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1.pdf", "_COM1.pdf"),
        ("凭证. . .", "凭证"),
        (" 凭证 .pdf ", "凭证 .pdf"),
        ("凭证\u202egpj.exe", "凭证gpj.exe"),
        ("凭证\ud800.pdf", "凭证.pdf"),
        ("a\x00b.pdf", "a_b.pdf"),
        ("", "附件"),
        (" .. ", "附件"),
        ("长" * 100 + ".pdf", "长" * 65 + ".pdf"),
        ("长" * 100, "长" * 66),
        ("凭证." + "长" * 100, "凭证." + "长" * 64),
    ],
)
def test_a_name_is_made_harmless(typed, kept):
    assert clean(typed) == kept


@given(NASTY)
def test_a_clean_name_is_one_name_on_every_system(typed):
    name = clean(typed)
    assert name
    assert clean(name) == name
    assert len(name.encode()) <= LONGEST_BYTES
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert name.partition(".")[0].strip().upper() not in DEVICES
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name[-1] not in ". "
    assert name not in (".", "..")
