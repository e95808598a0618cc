"""慰问发放台账: who was given what in a round, from which sources, when and into whose hands."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, NAME, TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.care.gift_lists import fitted, save
from models.ledgers.care.gift_rows import CATEGORY, HANDED, QUANTITY, SOURCES, STATE, ZERO, GiftRow, rows_of
from models.records.care.rounds import CareRound


def gift_rows(session: Session, view: View) -> list[GiftRow]:
    """Everybody on the lists of the rounds of the period's year, round after round."""
    return rows_of(session, CareRound.year == view.period.year, view.branch_id)


def _note(rows: Sequence[GiftRow]) -> str:
    done = [row for row in rows if row.state == HANDED]
    money = sum((row.amount or ZERO for row in done), ZERO)
    return f"共 {len(rows)} 人次，已发放 {len(done)} 人次、慰问金 {money:,.2f} 元。慰问品折款不计入慰问金。"


CARE_GIFTS = Ledger(
    name="care_gifts",
    title="慰问发放台账",
    columns=(
        Column("round", "慰问批次", TEXT, 16, required=True, synonyms=("慰问名称", "批次", "慰问活动")),
        Column("name", "姓名", NAME, 9, required=True, synonyms=("慰问对象", "被慰问人", "慰问对象姓名")),
        Column("branch", "党支部", TEXT, 14, synonyms=("所在支部",)),
        Column("category", "慰问类别", CATEGORY, 10, synonyms=("类别", "人员类别")),
        Column(
            "amount",
            "慰问金额",
            MONEY,
            11,
            totalled=True,
            synonyms=("慰问金", "金额", "慰问金额（元）", "发放金额", "现金"),
        ),
        Column("sources", "资金来源", SOURCES, 12),
        Column("goods", "慰问品", TEXT, 12, synonyms=("物品名称", "慰问品名称", "物品")),
        Column("quantity", "数量", QUANTITY, 7),
        Column("unit", "单位", TEXT, 5),
        Column("value", "慰问品折款", MONEY, 10, totalled=True, synonyms=("折款",)),
        Column("goods_source", "慰问品来源", TEXT, 10, synonyms=("物品来源",)),
        Column("state", "状态", STATE, 8, entered=False),
        Column("handed_on", "发放日期", DAY, 11, synonyms=("领取日期", "发放时间", "领取时间", "慰问日期")),
        Column("receiver", "领取人", NAME, 9, synonyms=("领取人签字", "领取人签名", "签领人")),
        Column("relation", "与本人关系", TEXT, 9, synonyms=("代领关系", "代领人关系")),
        Column("handler", "经办人", TEXT, 8),
        Column("witness", "证明人", TEXT, 8),
        Column("again", "再次慰问原因", TEXT, 12),
        Column("word", "发放说明", TEXT, 12),
        Column("reversals", "冲销记录", TEXT, 14, entered=False),
        Column("remark", "备注", TEXT, 12),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=gift_rows,
    save=save,
    fitted=fitted,
    span="year",
    signatures=("支部书记：", "组织委员：", "经办人：{maker}", "填表日期：{date}"),
    note_of=_note,
    empty="这一年还没有走访慰问。到“慰问”里按 Ctrl+N 新建一次慰问，再选人。",
)
