"""What is counted of organisation life, and how: a table of measures, each a sum or a share over records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.ledgers.life.care import UNIT
from models.ledgers.life.items import LECTURER, TAG, Amount, Item
from models.ledgers.life.others import LIST, SORT
from models.records.life.activity_kinds import Kind
from models.rules.appraisal import GRADES

TIMES, PEOPLE, RATE, HOURS = "times", "people", "rate", "hours"
PERCENT = "%"
ACTIVITIES = "activities"


@dataclass(frozen=True)
class Way:
    """A way of counting the activities of a kind: what is said behind its name, the unit, the amounts."""

    title: str
    unit: str
    adds: str
    of: str = ""
    word: str = ""


WAYS: Mapping[str, Way] = {
    TIMES: Way("", "次", "times"),
    PEOPLE: Way("参加人次", "人次", "people"),
    RATE: Way("出勤率", PERCENT, "present", "entitled"),
    "online": Way("：线上", "次", "online"),
    "offline": Way("：线下", "次", "offline"),
    HOURS: Way("学时", "学时", "hours"),
    "service_hours": Way("时长", "小时", "service_hours"),
    "share": Way("参评率", PERCENT, "taking_part", "eligible"),
    "ballots": Way("测评票", "份", "people"),
    "products": Way("成果", "份", "products"),
    "lecturers": Way("授课", "次", "times", word=LECTURER),
    "tags": Way("议题", "次", "times", word=TAG),
}
"""What a kind of activity may feed: the words of `counts` in kinds.json."""
_BY_FIELD = {"hours": HOURS, "is_online": "online", "product": "products", "lecturer": "lecturers"}


@dataclass(frozen=True)
class Measure:
    """A figure that is asked for: the sum of `adds` over the records of a source, or with `of` a share in per cent.

    `kinds` limits it to some kinds, `word` to records that name a lecturer or a tag: (which, the word itself).
    One that is `always` stands in the ledger also where it is nothing; `sort` says for charts what it is a figure of.
    One that is `standing` is how many there are at the end of the days that are counted, whenever they came.
    """

    key: str
    group: str
    title: str
    unit: str
    adds: str
    of: str = ""
    source: str = ACTIVITIES
    kinds: frozenset[str] = frozenset()
    word: tuple[str, str] = ("", "")
    always: bool = False
    sort: str = ""
    kind_name: str = ""
    standing: bool = False

    def counted(self, items: Iterable[Item]) -> list[Item]:
        """Those of the records that make the figure up."""
        what, (which, word) = self.of or self.adds, self.word
        return [
            item
            for item in items
            if item.source == self.source
            and (not self.kinds or item.kind in self.kinds)
            and item.amounts.get(what)
            and (not which or word in item.words.get(which, ()))
        ]

    def figure(self, counted: Sequence[Item]) -> Amount | None:
        """The figure that these records make up; a share of nothing is None."""
        return self.worked_out(*(sum(amounts) for amounts in self.amounts(counted)))

    def amounts(self, counted: Sequence[Item]) -> tuple[list[Amount], list[Amount]]:
        """What each record adds, and of a share what it is out of."""
        added = [item.amounts.get(self.adds, 0) for item in counted]
        return added, [item.amounts[self.of] for item in counted] if self.of else []

    def worked_out(self, added: Amount, whole: Amount) -> Amount | None:
        """The figure of sums of amounts."""
        if not self.of:
            return added
        return (Decimal(added) * 100 / Decimal(whole)).quantize(Decimal("0.1")) if whole else None


ALL = "总体情况"
BY_TAG = "按议题标签"
MEMBERS = "党员"
WHOLE = (
    Measure("all_times", ALL, "组织生活合计", "次", "times", always=True, sort=TIMES),
    Measure("all_people", ALL, "参加人次", "人次", "people", always=True, sort=PEOPLE),
    Measure("all_rate", ALL, "出勤率", PERCENT, "present", "entitled", always=True, sort=RATE),
    Measure("all_leave", ALL, "请假、公出", "人次", "leave", always=True),
    Measure("all_absent", ALL, "缺席", "人次", "absent", always=True),
    Measure("made_up", ALL, "缺席补学", "人次", "made_up"),
    Measure("dual", ALL, "领导干部参加双重组织生活", "人次", "dual_came", always=True),
    Measure("dual_rate", ALL, "双重组织生活参与率", PERCENT, "dual_came", "dual"),
    Measure("all_hours", ALL, "学时合计", "学时", "hours", always=True, sort=HOURS),
    Measure("uploaded", ALL, "上传平台", "次", "uploaded", always=True),
    Measure("upload_rate", ALL, "上传率", PERCENT, "uploaded", "times", always=True),
    Measure("planned", ALL, "列入计划", "次", "planned", source="plans"),
    Measure("kept", ALL, "计划完成率", PERCENT, "kept", "planned", source="plans"),
    Measure("dropped", ALL, "计划未开展", "次", "dropped", source="plans"),
)
CASES, GIVEN = "困难帮扶和慰问", "捐款捐物"
PAIRED = "结对共建和志愿服务（登记）"
VISITED = "走访和急难愁盼"
OF_CARE = (CASES, VISITED, GIVEN, PAIRED)
TALKS, LEARNING, JUDGED, DECIDED = "谈心谈话", "学习教育（登记）", "评议和测评", "议事和整改"
_RECORDS = "会议活动记录"
LEDGERS: Mapping[str, tuple[str, str]] = {
    ACTIVITIES: ("", _RECORDS),
    "plans": ("", "年度计划"),
    "talks": ("life_talks", "谈心谈话记录"),
    "study": ("life_study_entries", "自学培训登记台账"),
    "scores": ("life_scores", "理论测试成绩"),
    "appraisals": ("life_appraisals", "民主评议汇总表"),
    "polls": ("life_polls", "民主测评台账"),
    "duty_reviews": ("life_duty_reviews", "述职评议测评汇总表"),
    "decisions": ("life_votes", "会议表决台账"),
    "followups": ("life_followups", "后续事项台账"),
    "problems": ("life_problems", "整改台账"),
    "reminder_slips": ("life_reminders", "党建工作提醒单"),
    "honours": ("life_honours", "表彰台账"),
    "birthdays": ("members_birthdays", "党员政治生日台账"),
    "secondments": ("members_secondments", "抽调专班台账"),
    "cases": ("care_changes", "帮扶对象动态"),
    "cases_standing": ("care_changes", "帮扶对象动态"),
    "gifts": ("care_gifts", "慰问发放台账"),
    "visits": ("care_visits", "走访记录"),
    "concerns": ("care_concerns", "急难愁盼事项清单"),
    "concerns_closed": ("care_concerns", "急难愁盼事项清单"),
    "donations": ("care_donations", "捐款捐物登记表"),
    "handovers": ("care_passed_on", "捐赠款物转交台账"),
    "helped": ("care_helped", "受助对象名单"),
    "services": ("care_service", "双报到与志愿服务台账"),
    "registrations": ("care_registrations", "在职党员双报到登记表"),
    "pairings": ("care_pairings", "结对共建台账"),
    "pairings_running": ("care_pairings", "结对共建台账"),
    "pairing_tasks": ("care_pairing_tasks", "结对共建任务台账"),
    "retirements": ("members_retirements", "党员荣退台账"),
}
"""In which ledger the records of a source are found, none for activities, and what it is called."""
OTHERS = (
    Measure("talks", TALKS, "谈心谈话", "次", "times", source="talks", always=True),
    Measure("talks_people", TALKS, "谈心谈话对象", "人次", "people", source="talks"),
    Measure("study_hours", LEARNING, "自学培训", "学时", "hours", source="study"),
    Measure("study_people", LEARNING, "自学培训", "人次", "people", source="study"),
    Measure("study_central", LEARNING, "其中集中培训", "人次", "central", source="study"),
    Measure("tests_taken", LEARNING, "理论测试成绩", "人次", "taken", source="scores"),
    Measure("tests_passed", LEARNING, "理论测试合格率", PERCENT, "passed", "taken", source="scores"),
    Measure("ballots_issued", JUDGED, "民主评议发出测评票", "份", "issued", source="appraisals"),
    Measure("ballots_returned", JUDGED, "民主评议收回测评票", "份", "returned", source="appraisals"),
    Measure("appraised", JUDGED, "民主评议参评率", PERCENT, "attended", "due", source="appraisals"),
    *(Measure(f"grade_{grade}", JUDGED, f"民主评议{grade}", "名", grade, source="appraisals") for grade in GRADES),
    Measure("polls", JUDGED, "民主测评（登记）", "次", "times", source="polls"),
    Measure("polls_share", JUDGED, "民主测评（登记）参评率", PERCENT, "took_part", "eligible", source="polls"),
    Measure("duty_reviews", JUDGED, "书记述职", "人次", "people", source="duty_reviews"),
    Measure("decisions", DECIDED, "会议表决", "项", "times", source="decisions"),
    Measure("followups", DECIDED, "后续事项办结", "件", "times", source="followups"),
    Measure("problems", DECIDED, "查找问题", "件", "found", source="problems"),
    Measure("problems_closed", DECIDED, "其中已销号", "件", "closed", source="problems"),
    Measure("problems_rate", DECIDED, "销号率", PERCENT, "closed", "found", source="problems"),
    Measure("reminder_slips", DECIDED, "党建工作提醒单", "份", "times", source="reminder_slips"),
    Measure("cases_entered", CASES, "纳入困难帮扶", "名", "entered", source="cases"),
    Measure("cases_left", CASES, "退出困难帮扶", "名", "left", source="cases"),
    Measure("cases_standing", CASES, "期末在册", "名", "stands", source="cases_standing", standing=True),
    Measure("gifts", CASES, "慰问", "人次", "people", source="gifts"),
    Measure("gifts_money", CASES, "慰问金", "元", "yuan", source="gifts"),
    Measure("gifts_goods", CASES, "慰问品", "份", "goods", source="gifts"),
    Measure("visits", VISITED, "走访", "人次", "times", source="visits"),
    Measure("concerns", VISITED, "急难愁盼事项", "件", "found", source="concerns"),
    Measure("concerns_rate", VISITED, "急难愁盼销号率", PERCENT, "closed", "found", source="concerns"),
    Measure("concerns_closed", VISITED, "急难愁盼销号", "件", "closed", source="concerns_closed"),
    Measure("donations", GIVEN, "捐赠（个人、单位）", "人次", "people", source="donations"),
    Measure("donations_money", GIVEN, "捐款", "元", "yuan", source="donations"),
    Measure("handovers_money", GIVEN, "转交捐款", "元", "yuan", source="handovers"),
    Measure("helped", GIVEN, "受助对象", "人次", "people", source="helped"),
    Measure("pairings", PAIRED, "新结对", "个", "times", source="pairings"),
    Measure("pairings_running", PAIRED, "期末结对", "个", "stands", source="pairings_running", standing=True),
    Measure("pairing_tasks", PAIRED, "结对任务销号", "件", "times", source="pairing_tasks"),
    Measure("pairing_tasks_spent", PAIRED, "销号任务用款", "元", "spent", source="pairing_tasks"),
    Measure("services", PAIRED, "志愿服务（登记）", "次", "times", source="services"),
    Measure("services_people", PAIRED, "志愿服务（登记）", "人次", "people", source="services"),
    Measure("services_hours", PAIRED, "志愿服务（登记）时长", "小时", "hours", source="services"),
    Measure("services_paired", PAIRED, "其中为结对单位服务", "次", "paired", source="services"),
    Measure("services_paired_people", PAIRED, "其中为结对单位服务", "人次", "paired_people", source="services"),
    Measure("registrations", PAIRED, "到社区报到", "名", "people", source="registrations"),
    Measure("honours", MEMBERS, "党员受表彰", "人次", "people", source="honours"),
    Measure("honours_branches", MEMBERS, "党组织受表彰", "个次", "organisations", source="honours"),
    Measure("birthdays", MEMBERS, "政治生日活动", "人次", "people", source="birthdays"),
    Measure("secondments", MEMBERS, "抽调专班", "人次", "people", source="secondments"),
    Measure("secondments_long", MEMBERS, "其中半个月以上", "人次", "long", source="secondments"),
    Measure("retirements", MEMBERS, "荣退", "名", "people", source="retirements"),
)


class Pool:
    """Records put by, so that a measure looks only at those of its source and kinds."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._by_source: dict[str, list[Item]] = {}
        self._by_kind: dict[str, list[Item]] = {}
        for item in items:
            self._by_source.setdefault(item.source, []).append(item)
            if item.source == ACTIVITIES:
                self._by_kind.setdefault(item.kind, []).append(item)

    def counted(self, measure: Measure) -> list[Item]:
        """The records that make up the figure of a measure, in the order in which they were put by."""
        if measure.source == ACTIVITIES and len(measure.kinds) == 1:
            return measure.counted(self._by_kind.get(next(iter(measure.kinds)), ()))
        return measure.counted(self._by_source.get(measure.source, ()))

    def words(self, which: str, kind: str = "", source: str = ACTIVITIES) -> list[str]:
        """What the records of a source, or the activities of a kind, name as lecturers, tags, sorts, lists."""
        own = self._by_kind.get(kind, ()) if kind else self._by_source.get(source, ())
        return list(dict.fromkeys(word for item in own for word in item.words.get(which, ())))


def measures(kinds: Sequence[Kind], pool: Pool) -> list[Measure]:
    """Every measure in the order of the ledger: the whole, each kind by its group, tags, what belongs to members."""
    groups = dict.fromkeys(kind.group for kind in kinds)
    ordered = [kind for group in groups for kind in kinds if kind.group == group and kind.kept_in == ACTIVITIES]
    tags = (Measure(f"tag_{word}", BY_TAG, word, "次", "times", word=(TAG, word)) for word in pool.words(TAG))
    sorts = (
        Measure(f"talks_{word}", TALKS, f"其中{word}", "次", "times", source="talks", word=(SORT, word))
        for word in pool.words(SORT, source="talks")
    )
    lists = (
        Measure(f"list_{word}", DECIDED, f"{word}解决问题", "件", "closed", source="problems", word=(LIST, word))
        for word in pool.words(LIST, source="problems")
    )
    goods = (
        Measure(f"{source}_{word}", GIVEN, title, word, "quantity", source=source, word=(UNIT, word))
        for source, title in (("donations", "捐物"), ("handovers", "转交物品"))
        for word in pool.words(UNIT, source=source)
    )
    study = frozenset(kind.key for kind in kinds if kind.study)
    whole = (replace(each, kinds=study) if each.sort == HOURS else each for each in WHOLE)
    of_kinds = (each for kind in ordered for each in _of_kind(kind, pool))
    return [*whole, *of_kinds, *tags, *_ordered(OTHERS, sorts, lists, goods)]


def _ordered(*groups: Iterable[Measure]) -> list[Measure]:
    """The measures of several tables, those of a group together in the order of the groups."""
    every = [measure for group in groups for measure in group]
    places = list(dict.fromkeys(measure.group for measure in every))
    return sorted(every, key=lambda measure: places.index(measure.group))


def ways(kind: Kind) -> tuple[str, ...]:
    """What a kind feeds: as its data say, else what its fields give."""
    if kind.counts:
        return kind.counts
    given = [_BY_FIELD[each] for each in kind.fields if each in _BY_FIELD]
    return TIMES, PEOPLE, *([RATE] if kind.entitled != "named" else []), *given


def _of_kind(kind: Kind, pool: Pool) -> Iterator[Measure]:
    for name in ways(kind):
        way = WAYS[name]
        for word in pool.words(way.word, kind.key) if way.word else [""]:
            yield Measure(
                key=f"{kind.key}_{name}" + (f"_{word}" if word else ""),
                group=kind.group,
                title=f"{kind.name}{way.title}" + (f"：{word}" if word else ""),
                unit=way.unit,
                adds=way.adds,
                of=way.of,
                kinds=frozenset({kind.key}),
                word=(way.word, word) if word else ("", ""),
                always=name == TIMES and kind.active and not kind.is_own,
                sort=f"kind_{name}",
                kind_name=kind.name,
            )
