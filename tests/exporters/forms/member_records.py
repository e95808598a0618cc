"""Records of the papers about members and organisations, filled, for the tests of all papers."""

from datetime import date

from models.ledgers.members.cards import CARD_ITEMS
from models.ledgers.members.member_papers import ChangesRecord, EntryCardRecord, OrganisationRecord
from models.ledgers.members.movements import MovementRow

DAY = date(2026, 11, 23)
UNIT = "中共××局机关第一支部委员会"
CARD = EntryCardRecord("刘洋", UNIT, DAY, "周丽萍", {
    "id_number": "119901198001020014", "sex": "男", "ethnicity": "汉族", "birth_date": "1980-01-02",
    "branch": "第一党支部", "joined_on": "2010-07", "party_post": "组织委员", "post": "综合科一级主任科员",
    "address": "青原省白石县白石路1号", "is_lost": "否",
})  # fmt: skip
ORGANISATION = OrganisationRecord(UNIT, DAY, "周丽萍", {
    key: "刘洋" if key == "secretary" else "12" if key == "members" else "" for key in CARD_ITEMS
})  # fmt: skip
CHANGES = ChangesRecord(
    UNIT, "2026年度", "张红卫", "周丽萍", DAY, 46, (1, 1, 0, 0), (1, 0, 0, 0, 0), 47, 46, 1,
    (
        MovementRow(1, date(2026, 1, 10), "林小满", "女", "增加", "发展", "发展", None, "预备党员", "第一党支部"),
        MovementRow(2, date(2026, 10, 31), "刘洋", "男", "减少", "转出", "转出", "邻市某局", "正式党员", "第一党支部"),
    ),
)  # fmt: skip
MEMBERS = {"members_entry_card": CARD, "members_organisation": ORGANISATION, "members_changes": CHANGES}
