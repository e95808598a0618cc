"""What a branch sets once for its data file: its name, collection day, who signs; each change leaves its line."""

import json
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError
from models.rules.cadence import SHIFTS
from models.rules.handing_up import CADENCES, WHOLE
from models.rules.periods import Month


class Setting(Record):
    """One setting; `value` is JSON."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


@dataclass(frozen=True)
class Settings:
    """The settings of a data file; `working_month` is the month being worked on, YYYY-MM.

    `holidays` and `workdays` are dates the secretary added (YYYY-MM-DD) beside those that come with the program.
    `remit_percent` is the share of dues that is handed up, in per cent, `remit_cadence` how often.
    `study_day` and `theme_day` are days of a month, 0 for none; `life_since` is the month (YYYY-MM) from which the
    duties of organisation life are judged, "" for that of the first record. `service_hours` are the hours of service
    that each member is to do in a year, 0 where none are asked for. `care_causes` are the causes of hardship in their
    order, none for those that come with the program, `care_causes_idle` those of them that are offered no more.
    """

    unit: str = ""
    collection_day: int = 23
    shift: str = SHIFTS[0]
    secretary: str = ""
    committee: str = ""
    maker: str = ""
    telephone: str = ""
    working_month: str = ""
    notice_days: int = 5
    remit_cadence: str = "每月"
    remit_percent: str = "100.00"
    sample: bool = False
    holidays: tuple[str, ...] = ()
    workdays: tuple[str, ...] = ()
    study_day: int = 0
    theme_day: int = 1
    life_since: str = ""
    service_hours: int = 0
    care_causes: tuple[str, ...] = ()
    care_causes_idle: tuple[str, ...] = ()

    @property
    def percent_handed_up(self) -> Decimal:
        """How much of a hundred yuan of dues goes up; the rest stays with the branch."""
        return Decimal(self.remit_percent)

    @property
    def month(self) -> Month:
        return Month.parse(self.working_month)


def read(session: Session) -> Settings:
    """The settings as they stand; those never set have their defaults."""
    known = {field.name: field.default for field in fields(Settings)}
    stored: dict[str, Any] = {}
    for name, value in session.execute(select(Setting.name, Setting.value)):
        if name in known:
            loaded = json.loads(value)
            stored[name] = tuple(loaded) if isinstance(loaded, list) else loaded
    return Settings(**stored)


def change(session: Session, **values: Any) -> Settings:
    """Saves new values of settings; FieldError where one is impossible."""
    wanted = replace(read(session), **values)
    _verify(wanted)
    stored = {setting.name: setting for setting in session.scalars(select(Setting))}
    for name, value in asdict(wanted).items():
        if name not in values:
            continue
        text = json.dumps(value, ensure_ascii=False)
        if name in stored:
            stored[name].value = text
        else:
            session.add(Setting(name=name, value=text))
    session.flush()
    return wanted


def _verify(settings: Settings) -> None:
    if not settings.unit.strip():
        raise FieldError("unit", "请填写组织名称。")
    if not 1 <= settings.collection_day <= 31:
        raise FieldError("collection_day", "收缴日应在 1 日至 31 日之间。")
    for name, what in (("study_day", "固定学习日"), ("theme_day", "固定党日")):
        if not 0 <= getattr(settings, name) <= 31:
            raise FieldError(name, f"{what}应在 1 日至 31 日之间；不固定的写 0。")
    if settings.shift not in SHIFTS:
        raise FieldError("shift", "请选择收缴日遇节假日的办法。")
    if not 0 <= settings.notice_days <= 60:
        raise FieldError("notice_days", "公示天数应在 0 至 60 之间。")
    if not 0 <= settings.service_hours <= 1000:
        raise FieldError("service_hours", "全年服务小时应在 0 至 1000 之间；不考核的写 0。")
    if settings.remit_cadence not in CADENCES:
        raise FieldError("remit_cadence", "请选择多久上缴一次。")
    if not 0 < settings.percent_handed_up <= WHOLE:
        raise FieldError("remit_percent", "上缴比例应大于 0，不超过 100。")
