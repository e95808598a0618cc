"""The invented branch: every ledger and form made of it, full and to be believed."""

import csv
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest

from commands import demo
from exporters.forms import FORMS
from models.ledgers.catalogue import LEDGERS
from tests import samples
from tests.commands.conftest import Run


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_demo_writes_every_ledger_and_form(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shared = SimpleNamespace(build=lambda path, _today, password: samples.build(path, samples.DAY))
    monkeypatch.setattr(demo, "sample", shared)
    folder = tmp_path / "示例"
    assert run("demo", folder, data=None).status == 0
    for ledger in run("ledgers", "--json", data=None).json:
        for ending in ("xlsx", "pdf", "csv"):
            (found,) = folder.glob(f"{ledger['name']}_*{ledger['title']}.{ending}")
            assert found.stat().st_size > 0
    for form in run("forms", "--json", data=None).json:
        (found,) = folder.glob(f"{form['name']}_*{form['title']}.pdf")
        assert found.stat().st_size > 0
    (remitted,) = folder.glob("dues_remittance_*.pdf")
    assert re.search("人民币[壹贰叁肆伍陆柒捌玖].*整", text(remitted))  # the blank form has only the places for them
    (summary,) = folder.glob("dues_summary_*.csv")
    with summary.open(encoding="utf-8-sig", newline="") as lines:
        assert all(Decimal(row["已上缴"]) > 0 and row["缴款单号"] for row in csv.DictReader(lines))
    assert all("清雪除冰" in text(path) for path in folder.glob("care_donation_sheet_*.pdf"))  # given in another month
    (cards,) = folder.glob("care_service_card_*.pdf")
    assert "2 次，4 小时" in text(cards)  # of the whole year, as the card says
    (data,) = folder.glob("*.zbtz")
    assert run("check", "--json", data=data).json["ok"] is True
    assert len(run("members", "--json", data=data).json) == 47
    again = run("demo", folder, data=None)
    assert (again.status, "已经存在" in again.err) == (1, True)


@pytest.mark.slow
def test_demo_keeps_to_the_file_and_password_given(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(demo, "LEDGERS", LEDGERS[:1])
    monkeypatch.setattr(demo, "FORMS", FORMS[:1])
    secret = tmp_path / "密码.txt"
    secret.write_text("一句自己记得住的话\n", encoding="utf-8")
    assert run("--password-file", secret, "demo", tmp_path / "示例").status == 0
    assert not list((tmp_path / "示例").glob("*.zbtz"))
    assert run("members").status == 1
    assert len(run("--password-file", secret, "members", "--json").json) == 47
