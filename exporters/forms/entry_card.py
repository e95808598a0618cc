"""F11, the entry card: one member a page, to be checked and signed by the member."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row
from exporters.paper import A4, MM, Paper
from models.ledgers.members.member_papers import EntryCardRecord

TITLE = "党员信息采集表"
_SIDE = 20 * MM
_TITLE_BASE, _TOP = 27 * MM, 38 * MM
_ROW = 11.5 * MM
_LABEL, _VALUE = 3.7, 6.3
_WIDE = _LABEL + 2 * _VALUE
# Two items a line as on the national card; a line of one has the whole width.
_LINES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("name", "姓名"), ("id_number", "公民身份号码")),
    (("sex", "性别"), ("ethnicity", "民族")),
    (("birth_date", "出生日期"), ("native_place", "籍贯")),
    (("education", "学历"), ("degree", "学位")),
    (("category", "人员类别"), ("party_status", "党籍状态")),
    (("branch", "所在党支部"),),
    (("joined_on", "入党日期"), ("full_member_on", "转正日期")),
    (("joined_how", "入党类型"), ("joined_at", "入党时所在支部")),
    (("full_member_how", "转正情况"), ("probation_until", "延长预备期时间")),
    (("party_post", "党内职务"), ("transferred_in_on", "组织关系转入时间")),
    (("position", "工作岗位"), ("work_started_on", "参加工作时间")),
    (("post", "工作单位及职务"),),
    (("rank", "职级"), ("technical_post", "专业技术职务")),
    (("new_stratum", "新社会阶层类型"), ("is_migrant_worker", "是否农民工")),
    (("phone", "手机号码"), ("landline", "固定电话")),
    (("address", "现居住地"),),
    (("household_place", "户籍所在地"),),
    (("is_lost", "是否失联党员"), ("lost_since", "失去联系日期")),
    (("is_floating", "是否流动党员"), ("floating_to", "外出流向")),
)


def draw(records: Sequence[EntryCardRecord], path: Path) -> frozenset[str]:
    """Writes a page for each member; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_card(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_card(paper: Paper, record: EntryCardRecord) -> None:
    width = paper.width - 2 * _SIDE
    values = record.values or {}
    paper.text(paper.width / 2, _TITLE_BASE, TITLE, 20, "serif bold", "centre", spread=0.25)
    paper.apart(
        _TOP - 2.5 * MM, _SIDE, paper.width - _SIDE,
        (f"填报单位（盖章）：{words.said(record.unit)}", f"填表日期：{words.day(record.filled_on)}"), 10,
    )  # fmt: skip
    y = _TOP
    for items in _LINES:
        boxes: list[Box] = []
        for key, title in items:
            wide = len(items) == 1
            text = record.name if key == "name" else values.get(key)
            boxes += [
                Box(_LABEL, title),
                Box(_WIDE if wide else _VALUE, words.said(text), "left" if wide else "centre"),
            ]
        y = draw_row(paper, _SIDE, y, width, _ROW, boxes)
    y = paper.paragraph(_SIDE, y + 3 * MM, width, "以上信息由本人核对，情况属实。", 10, indent=2)
    maker = f"填表人：{words.said(record.maker)}"
    paper.apart(y + 9 * MM, _SIDE, paper.width - _SIDE, ("本人签字：　　　　　", "支部书记：　　　　　", maker), 10.5)
    paper.text(_SIDE, paper.height - 9 * MM, "内部资料　含个人信息，请妥善保管", 8)
