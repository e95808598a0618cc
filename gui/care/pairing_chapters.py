"""What the ledgers of pairings and of volunteer service show, and what can be done in them."""

from gui.care import pairing_forms, volunteer_forms
from gui.ledgers.chapter_page import Chapter, RowDeed
from models.ledgers.care.pairings import CARE_PAIRING_TASKS, CARE_PAIRINGS
from models.ledgers.care.service_hours import CARE_SERVICE_HOURS
from models.ledgers.care.volunteering import CARE_REGISTRATIONS, CARE_SERVICE

PAIRINGS = (
    Chapter(
        CARE_PAIRINGS.name, "结对共建", "F46　和谁结对，何时到期", CARE_PAIRINGS,
        ("登记结对", pairing_forms.ask_for_pairing), ("修改", pairing_forms.ask_for_pairing),
        pairing_forms.remove_pairing,
        more=(
            RowDeed("列任务…", pairing_forms.list_task, needs_rows=True),
            RowDeed("续签…", pairing_forms.renew, needs_rows=True),
            RowDeed("结束…", pairing_forms.end_pairing, needs_rows=True),
        ),
    ),
    Chapter(
        CARE_PAIRING_TASKS.name, "结对任务", "F46　进展、成效、销号", CARE_PAIRING_TASKS,
        ("新增任务", pairing_forms.ask_for_task), ("修改", pairing_forms.ask_for_task), pairing_forms.remove_task,
        more=(RowDeed("销号…", pairing_forms.close_task, needs_rows=True),),
    ),
    Chapter(
        CARE_REGISTRATIONS.name, "双报到登记", "谁到哪个社区报到", CARE_REGISTRATIONS,
        ("登记报到", volunteer_forms.ask_for_registration), ("修改", volunteer_forms.ask_for_registration),
        volunteer_forms.remove_registration,
        more=(RowDeed("报到单、记录卡", volunteer_forms.print_cards, needs_rows=True),),
    ),
    Chapter(
        CARE_SERVICE.name, "志愿服务", "F45　登记和活动，可导入", CARE_SERVICE,
        ("登记一人", volunteer_forms.ask_for_service), ("打开", volunteer_forms.open_service),
        volunteer_forms.remove_service, more=(RowDeed("登记几人…", volunteer_forms.ask_for_many),),
    ),
    Chapter(
        CARE_SERVICE_HOURS.name, "服务时长汇总", "每人全年小时", CARE_SERVICE_HOURS,
        more=(
            RowDeed("全年小时…", volunteer_forms.ask_for_mark),
            RowDeed("服务记录卡", volunteer_forms.print_cards, needs_rows=True),
        ),
    ),
)  # fmt: skip
