"""Donations among the ledgers of care."""

from gui.care import donation_forms as forms
from gui.care import receipt_forms
from gui.ledgers.chapter_page import Chapter, RowDeed
from models.ledgers.care.donation_drives import CARE_DRIVES, CARE_HELPED
from models.ledgers.care.donation_receipts import CARE_RECEIPTS
from models.ledgers.care.donations import CARE_DONATIONS, CARE_PASSED_ON
from models.ledgers.care.stock import CARE_STOCK

DONATIONS = (
    Chapter(
        CARE_DRIVES.name, "捐赠活动", "为谁捐、收了多少、余多少", CARE_DRIVES,
        ("登记活动", forms.ask_for_drive), ("修改", forms.ask_for_drive), forms.remove_drive,
        more=(RowDeed("登记表", forms.print_sheets, needs_rows=True),),
    ),
    Chapter(
        CARE_DONATIONS.name, "捐款捐物", "F44　钱和物分开算，可导入", CARE_DONATIONS,
        ("登记捐赠", forms.ask_for_donation), ("补充", forms.ask_for_donation),
        more=(
            RowDeed("收据…", receipt_forms.write_receipt, needs_rows=True),
            RowDeed("冲销…", forms.reverse_donation, needs_rows=True),
            RowDeed("登记表", forms.print_sheets),
        ),
    ),
    Chapter(
        CARE_RECEIPTS.name, "捐赠收据", "收据号、款物，作废的也在", CARE_RECEIPTS,
        more=(RowDeed("打印收据", receipt_forms.print_receipts),),
    ),
    Chapter(CARE_STOCK.name, "物品收发存", "期初、收入、发出、结存", CARE_STOCK),
    Chapter(
        CARE_PASSED_ON.name, "捐赠转交", "交给了谁，凭据齐不齐", CARE_PASSED_ON,
        ("登记转交", forms.ask_for_handover), ("补凭据", forms.ask_for_handover),
        more=(
            RowDeed("接收单", receipt_forms.print_acknowledgements, needs_rows=True),
            RowDeed("冲销…", forms.reverse_handover, needs_rows=True),
        ),
    ),
    Chapter(
        CARE_HELPED.name, "受助对象", "内部名单，不公示", CARE_HELPED,
        ("登记受助", forms.ask_for_helped), ("修改", forms.ask_for_helped), forms.remove_helped,
    ),
)  # fmt: skip
