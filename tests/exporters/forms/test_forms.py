"""The papers with a shape of their own: what they say, what they keep to themselves, and how they fill pages."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exporters.forms import FORMS, named
from models.errors import UserError
from models.ledgers.dues.papers import NoticeRecord, ReductionRecord, RemittanceRecord, SlipRecord
from models.rules.periods import Month
from tests.exporters import pages
from tests.exporters.forms import (
    application_records,
    appraisal_records,
    donation_records,
    handover_records,
    meeting_records,
    member_records,
    money_records,
    pairing_records,
    plan_records,
    round_records,
    talk_records,
    visit_records,
    vote_records,
)
from tests.exporters.forms.arrears_records import ARREARS

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
UNIT = "中共××局机关第一支部委员会"
SLIP = SlipRecord("2026-00001", "刘洋", "2026年11月", Decimal("94.50"), "现金", date(2026, 11, 23), UNIT, "周丽萍")
REMITTANCE = RemittanceRecord(
    "2026-0003", UNIT, "2026年11月", date(2026, 11, 25), 14, 13, Decimal("1196.90"), Decimal("111.30"),
    Decimal("62.40"), Decimal("1370.60"), "20261125000123", date(2026, 11, 25), "周丽萍", "吴国强补交2026年10月。",
)  # fmt: skip
REDUCTION = ReductionRecord(
    UNIT, "刘洋", "男", "1999年4月25日", "在职", Decimal("6300.00"), Decimal("94.50"), Decimal("20.00"), Month(2026, 7),
    Month(2026, 12), "本人患病，家庭支出较大", "本人", date(2026, 6, 1),
)  # fmt: skip
NAMES = (("张红卫", True), ("刘洋", False), ("䶮㛃", True), ("阿依古丽·买买提", True), ("𬎆𫖯", True))


def notice(names=NAMES):
    return NoticeRecord(
        UNIT, "2026年11月", tuple(names), date(2026, 11, 24), date(2026, 11, 30), "100-0000-0001", date(2026, 11, 24)
    )


RECORDS = {
    **appraisal_records.APPRAISALS,
    **meeting_records.RECORDS,
    **member_records.MEMBERS,
    **money_records.MONEY,
    **plan_records.PLANS,
    **vote_records.VOTE_PAPERS,
    "care_application": application_records.APPLICATION,
    "care_signing": round_records.SIGNING,
    "dues_slip": SLIP,
    "dues_remittance": REMITTANCE,
    "dues_notice": notice(),
    "dues_reduction_sheet": REDUCTION,
    "dues_arrears_sheet": ARREARS,
    "handover_pack": handover_records.PACK,
    "life_talk_sheet": talk_records.TALK,
    "care_donation_sheet": donation_records.SHEET,
    "care_receipt": donation_records.RECEIPT,
    "care_acknowledgement": donation_records.ACKNOWLEDGEMENT,
    "care_service_card": pairing_records.CARD,
    "care_visit_sheet": visit_records.VISIT,
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("kind", ["filled", "blank"])
def test_the_text_of_the_paper(tmp_path, form, kind):
    record = RECORDS[form.name] if kind == "filled" else form.blank
    assert form.draw([record], tmp_path / "x.pdf") == frozenset()
    text = "\f\n".join(page.rstrip() + "\n" for page in pages.texts(tmp_path / "x.pdf"))
    assert text == (SNAPSHOTS / f"{form.name}_{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_many_records_make_one_file(tmp_path, form):
    form.draw([RECORDS[form.name]] * 9, tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert len(texts) == {"dues_slip": 3, "handover_pack": 18, **money_records.PAGES, **meeting_records.PAGES}.get(
        form.name, 9
    )
    times = {
        "dues_remittance": 0,
        "care_application": 18,
        "care_receipt": 18,
        **money_records.TIMES,
        **vote_records.VOTE_TIMES,
    }
    assert sum(text.count("刘洋") for text in texts) == times.get(form.name, 9)


def test_a_slip_says_what_it_is_and_what_it_is_not(tmp_path):
    named("dues_slip").draw([SLIP], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    for words in ("内部凭条", "不是正式收据", "人民币玖拾肆元伍角整", "￥94.50", "2026年11月23日", "2026-00001"):
        assert words in text


def test_a_blank_slip_fills_its_sheet(tmp_path):
    named("dues_slip").draw([SlipRecord()], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    assert text.count("内部凭条") == 4


def test_a_remittance_has_two_like_copies_and_a_seam(tmp_path):
    named("dues_remittance").draw([REMITTANCE], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    for words in ("20261125000123", "￥1,370.60", "人民币壹仟叁佰柒拾元零陆角整", UNIT, "吴国强补交2026年10月。"):
        assert text.count(words) == 2
    assert "第一联　留存" in text
    assert "第二联　上报" in text
    assert pages.squeezed(text).count("骑缝章") == 1
    assert pages.sizes(tmp_path / "x.pdf") == [(297, 210)]


def test_a_notice_names_who_paid_and_no_amount(tmp_path):
    named("dues_notice").draw([notice()], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    assert "应交党费5人，已交4人，未交1人。" in text
    assert re.search(r"刘洋\s+未交", text)
    assert re.search(r"𬎆𫖯\s+已交", text)
    assert "公示时间：2026年11月24日至2026年11月30日。" in text
    assert "100-0000-0001" in text
    assert not re.search(r"￥|元|\d+\.\d\d", text)
    assert "内部资料" not in text


@pytest.mark.parametrize("names", [1, 2, 15, 30, 35, 36, 42, 43, 46, 47, 48, 120])
def test_a_notice_of_any_length_has_every_name_once_and_its_close(tmp_path, names):
    named("dues_notice").draw([notice([(f"党员甲{n:03d}", n % 3 > 0) for n in range(names)])], tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert len(texts) == (1 if names <= 40 else len(texts))
    found = re.findall(r"党员甲\d{3}", "".join(texts))
    assert sorted(found) == [f"党员甲{n:03d}" for n in range(names)]
    assert re.search(r"党员甲\d{3}", texts[-1])
    assert "公示时间" in texts[-1]
    assert f"共 {len(texts)} 页" in texts[-1]


def test_long_words_become_smaller_and_stay_whole(tmp_path):
    long = "中国共产党某某省某某市某某区发展和改革委员会机关第一联合支部委员会（含所属事业单位离退休干部党员）"
    name, covers, method = (
        "阿卜杜热西提·麦麦提依明·吐尔逊江",
        "2025年3月—2026年11月、2027年1月",
        "银行转账（单位公务卡）",
    )
    largest = Decimal("9999999999.99")
    slip = SlipRecord("2026-00001", name, covers, largest, method, date(2026, 11, 23), long, "欧阳某某")
    named("dues_slip").draw([slip], tmp_path / "x.pdf")
    text = pages.squeezed(pages.texts(tmp_path / "x.pdf")[0])
    for words in (name, covers, method, long, "人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"):
        assert words in text
    named("dues_remittance").draw([RemittanceRecord(unit=long, remark=long * 3)], tmp_path / "x.pdf")
    assert pages.squeezed(pages.texts(tmp_path / "x.pdf")[0]).count(long) == 8


def test_an_unknown_form_is_refused():
    with pytest.raises(UserError, match="没有名为“x”的表格；可用的有：dues_slip"):
        named("x")
