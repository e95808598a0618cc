"""困难党员台账 F40: what it says, what existing ledgers bring into it, and that it comes back from a workbook whole."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporters import excel
from importers import intake, matching, reader
from models import founding
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import Ledger, View
from models.ledgers import sheets
from models.ledgers.care.application import OF_OTHERS, applications
from models.ledgers.care.cases import CARE_CASES, CARE_HOUSEHOLDS, case_rows
from models.ledgers.care.changes import CARE_POSTING, CARE_POSTING_UNNAMED, posted_rows
from models.ledgers.care.page import home
from models.ledgers.dues.published import DUES_NOTICE
from models.ledgers.variants import keep
from models.records.care import cases as care_cases
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.records.local_forms import FIRST_NEW, Extra, Place, Variant
from models.records.members import members
from models.records.members.organisation import branches
from models.rules import care
from models.rules.periods import Period
from tests.importers.invented import book, grid
from tests.people import id_number

TODAY = date(2026, 11, 20)
VIEW = View(TODAY, Period.of_year(2026))


@pytest.fixture
def fresh(tmp_path: Path, sample_file: Path) -> Iterator[Database]:
    """A new file of one branch, with the members of the sample that have cases."""
    names = ("姜秀兰", "孙志强", "喻璟", "吴国强")
    with closing(Database.open(sample_file, read_only=True)) as database, database.reading() as session:
        numbers = {name: members.find(session, name).id_number for name in names}
    with closing(founding.make(tmp_path / "新.zbtz", "第一党支部", TODAY, actor="周丽萍")) as database:
        with database.writing("党员") as session:
            for name, number in numbers.items():
                members.add(session, {"name": name, "id_number": number, "branch": "第一党支部"})
        yield database


def taken(database: Database, ledger: Ledger, *rows: tuple[object, ...]) -> intake.Report:
    with database.writing("导入") as session:
        return intake.save(session, ledger, matching.match(book(grid(*rows)), ledger), VIEW)


def by_name(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        return {row.name: row for ledger in (CARE_CASES, CARE_HOUSEHOLDS) for row in ledger.rows(session, VIEW)}


def test_the_sample_fills_the_columns(sample: Database) -> None:
    row = by_name(sample)["姜秀兰"]
    assert (row.person_kind, row.standing, row.people) == ("在职", care.ON_RECORD, 2)
    assert row.aid.startswith("2025年春节 500元；2026-")
    assert "1,000.00 元" in row.aid
    assert by_name(sample)["尚桂枝"].standing == "脱困"
    assert by_name(sample)["孔令海"].standing is None


def test_a_furnished_ledger_of_another_shape_comes_in(fresh: Database) -> None:
    report = taken(
        fresh, CARE_CASES,
        ("××局困难党员台账",),
        ("填报单位：××局", None, None, "填报时间：2026年11月"),
        ("序号", "姓  名", "困难类型*", "家庭人口\n（人）", "家庭人均月收入（元）", "是否低保", "困难程度",
         "结对责任人/电话", "历次慰问（时间/金额）", "纳入时间", "目前状态", "退出时间", "备注"),
        (1, "姜 秀 兰", "因病", "3人", "1,200.50元", "√", "特别",
         "周丽萍 10034570001", "2024年春节500元\n2025年七一300元", "2024.3.5", "在册", None, "见\n附件"),
        (2, "孙志强", "低收入", 2, 800, "否", "一般", "李明", None, "2023-04-01", "已脱困", "2025年6月30日", None),
        (3, "吴国强", "低收入", None, None, None, None, None, None, None, "在册", None, None),
        (4, "钱某某", "低收入", None, None, None, None, None, None, "2023-04-01", "在册", None, None),
        ("合计", "4人"),
    )  # fmt: skip
    assert report.counts == {"added": 2, "refused": 2}
    assert [(each.field, each.why) for each in report.problems] == [
        ("taken_in_on", "目前状态是在册，请填写纳入时间。"), ("name", "名册中没有党员“钱某某”。"),
    ]  # fmt: skip
    first, second = by_name(fresh)["姜秀兰"], by_name(fresh)["孙志强"]
    assert (first.people, first.per_head, first.low_income, first.degree) == (3, Decimal("1200.50"), True, "特别困难")
    assert (first.helper, first.helper_phone) == ("周丽萍", "10034570001")
    assert (first.aid, first.taken_in_on) == ("2024年春节500元；2025年七一300元", date(2024, 3, 5))
    assert (second.standing, second.left_on, second.left_reason) == ("脱困", date(2025, 6, 30), "脱困")
    with fresh.reading() as session:
        assert home(session, first.id).per_head == Decimal("1200.50")


def test_a_list_of_households_with_other_words_comes_in(fresh: Database) -> None:
    number = id_number("1971-02-03")
    report = taken(
        fresh, CARE_HOUSEHOLDS,
        ("附件2",), (), ("监测对象花名册",),
        ("编号", "户主姓名", "性别", "证件号码", "住址", "联系电话", "家庭人口数", "月人均收入", "家庭人均年收入",
         "帮扶对象类别", "致困原因", "具体描述", "身体状况", "优抚对象", "是否取得组织认定", "认定时间",
         "享受帮扶截止", "退出原因"),
        ("1", "谷满仓", "男", number, "示例村三组", "10034561111", "4", "950", "11400", "脱贫不稳定户", "因灾",
         "房屋受损", "健康", "是", "2025年县认定", "2025/3/1", None, None),
        ("2", "文大山", "男", None, "示例村四组", "10034562222", "0", "950", None, "边缘易致贫户", "因灾", None, None,
         None, None, None, None, None),
        ("3", "罗小河", "女", None, None, None, "2", "600", None, "因病致贫户", "因灾", None, None, None, None, None,
         None, None),
    )  # fmt: skip
    assert "家庭人均年收入" in report.match.unmapped
    assert [(each.field, each.why) for each in report.problems] == [
        ("people", "家庭人口至少是 1 人。"),
        ("sort", "类别会写进公示，不能有“病”；病情、收入等请写在“困难原因”里。"),
    ]
    row = by_name(fresh)["谷满仓"]
    assert (row.people, row.per_head, row.cause, row.honoured) == (4, Decimal("950.00"), "因灾", True)
    assert (row.recognised, row.taken_in_on, row.standing) == ("2025年县认定", date(2025, 3, 1), "在册")


@pytest.mark.parametrize("ledger", [CARE_CASES, CARE_HOUSEHOLDS], ids=lambda each: each.name)
def test_a_new_file_takes_the_whole_ledger_over(
    sample: Database, fresh: Database, tmp_path: Path, ledger: Ledger
) -> None:
    with sample.reading() as session:
        filled = sheets.sheet(session, ledger, VIEW)
    excel.write(filled, tmp_path / "x.xlsx")
    with fresh.writing("导入") as session:
        report = intake.save(session, ledger, matching.match(reader.read(tmp_path / "x.xlsx"), ledger), VIEW)
        assert report.problems == ()
        found = {row.name: row for row in ledger.rows(session, VIEW)}
    own = {"id", "branch", "id_number", "phone"} if ledger is CARE_CASES else {"id"}
    keys = [each.key for each in ledger.columns if each.entered and each.key not in own]
    assert [[getattr(found[row.name], key) for key in keys] for row in filled.rows] == [
        [getattr(row, key) for key in keys] for row in filled.rows
    ]


def test_what_rounds_handed_out_is_told_and_not_taken_for_words(sample: Database) -> None:
    with sample.writing("慰问") as session:
        node = branches(session)[0].id
        given = {"name": "谷满仓", "sort": "困难群众", "branch_id": node, "aid": "2024年春节 300元"}
        case_id = care_cases.apply(session, given, date(2026, 9, 1), TODAY).id
        care_funds.receive(session, {"fund": "工会", "on": TODAY, "amount": Decimal(500)}, TODAY)
        number = care_rounds.begin(session, {"festival": "日常", "year": 2026}).id
        gift = care_rounds.choose(session, number, Chosen("谷满仓", "困难群众", case_id=case_id))
        care_rounds.settle(session, gift.id, {"goods": "米；油"}, [("工会", Decimal(200))])
        handed = care_handing.hand_out(session, gift.id, {}, TODAY)
    told = "2024年春节 300元；2026-11-20 日常 200.00 元 米、油"
    assert by_name(sample)["谷满仓"].aid == told
    with sample.writing("导入") as session:
        assert CARE_HOUSEHOLDS.save is not None
        same, more = ({"name": "谷满仓", "branch": "第一党支部", "aid": f"{told}{end}"} for end in ("", "；另有粮油"))
        assert [each.kind for each in CARE_HOUSEHOLDS.save(session, [same], VIEW)] == ["unchanged"]
        assert [each.kind for each in CARE_HOUSEHOLDS.save(session, [more], VIEW)] == ["updated"]
        assert care_cases.find(session, case_id).aid == "2024年春节 300元；另有粮油"
        care_handing.reverse_handout(session, handed.id, "发错了", TODAY)
    assert by_name(sample)["谷满仓"].aid == "2024年春节 300元；另有粮油"


def test_an_entered_household_counts_before_a_stated_one(fresh: Database) -> None:
    taken(fresh, CARE_CASES, ("姓名", "家庭人口", "人均月收入", "纳入时间"), ("姜秀兰", 4, 900, "2025-03-01"))
    case_id = by_name(fresh)["姜秀兰"].id
    with fresh.writing("登记") as session:
        care_cases.add_relative(session, case_id, {"relation": "配偶", "name": "田守义"})
        with pytest.raises(FieldError, match="请先登记家庭成员"):
            care_cases.add_income(session, case_id, {"source": "工资", "amount": Decimal(1), "whose": "田守仁"})
        income = care_cases.add_income(
            session, case_id, {"source": "工资", "amount": Decimal(48000), "whose": "田守义"}
        )
        shown = home(session, case_id)
        assert (shown.people, shown.per_head, shown.stated) == (2, Decimal("2000.00"), "4 人，人均月收入 900.00 元")
        with pytest.raises(UserError, match="请先删除那笔收入"):
            care_cases.remove_from_household(session, care_cases.HouseholdMember, shown.relatives[0].id)
        ((_, record),) = applications(session, View(TODAY, Period.of_year(2025)))
        assert [(each.relation, each.income) for each in record.household] == [
            ("本人", None), ("配偶", Decimal("4000.00")),
        ]  # fmt: skip
    report = taken(fresh, CARE_CASES, ("姓名", "家庭人口"), ("姜秀兰", 5))
    assert "请在“困难对象”里登记" in report.problems[0].why
    with fresh.writing("登记") as session:
        care_cases.remove_from_household(session, care_cases.HouseholdIncome, income.id)
    assert by_name(fresh)["姜秀兰"].per_head == Decimal("900.00")


def test_the_application_says_how_it_went(sample: Database) -> None:
    with sample.reading() as session:
        rows = {row.id: row for row in case_rows(session, VIEW)}
        records = {rows[number].name: record for number, record in applications(session, VIEW)}
    own, other = records["姜秀兰"], records["孔令海"]
    assert (own.asked, own.per_head, own.total) == (Decimal(3000), Decimal("2575.00"), Decimal("5150.00"))
    assert "评议，认定为特别困难" in own.discussed
    assert "公示 5 个工作日" in own.discussed
    assert own.aid.startswith("2025年春节 500元")
    assert "2026-06" not in own.aid  # it was handed out after the application
    assert other.title == OF_OTHERS


@pytest.mark.parametrize("ledger", [CARE_POSTING, CARE_POSTING_UNNAMED], ids=lambda each: each.name)
def test_no_column_is_added_to_the_posting_of_hardship(sample: Database, ledger: Ledger) -> None:
    added = Extra(f"x{FIRST_NEW}", "说明")
    with pytest.raises(FieldError, match="不能加列"), sample.writing("x") as session:
        keep(session, ledger, Variant(places=(Place(added.key),), extras=(added,)))


@pytest.mark.parametrize("title", ["健康状况", "家庭月收入", "本人身份证号", "联系电话", "家庭人口", "病情"])
@pytest.mark.parametrize("ledger", [CARE_POSTING, DUES_NOTICE], ids=lambda each: each.name)
def test_nothing_private_is_a_column_of_what_is_posted(sample: Database, ledger: Ledger, title: str) -> None:
    added = Extra(f"x{FIRST_NEW}", title)
    own = ledger.columns[1].key
    for variant in (Variant(places=(Place(added.key),), extras=(added,)), Variant(places=(Place(own, title),))):
        with pytest.raises(FieldError, match="不能公示"), sample.writing("x") as session:
            keep(session, ledger, variant)


def test_a_sort_is_typed_and_tells_no_illness(sample: Database) -> None:
    with pytest.raises(FieldError, match="不能有“病”"), sample.writing("x") as session:
        care_cases.apply(session, {"name": "谷满仓", "sort": "大病户"}, date(2026, 9, 1), TODAY)
    with sample.writing("x") as session:
        node = branches(session)[0].id
        given = {"name": "谷满仓（患病）", "sort": "新就业困难群体", "branch_id": node}
        case_id = care_cases.apply(session, given, date(2026, 9, 1), TODAY).id
        assert care_cases.sorts(session, of_members=False)[-1] == "新就业困难群体"
        assert "新就业困难群体" not in care_cases.sorts(session, of_members=True)
        care_cases.take_step(session, case_id, care.DISCUSSED, date(2026, 9, 2), {}, TODAY)
        days = {"until": date(2026, 9, 11)}
        care_cases.take_step(session, case_id, care.POSTED, date(2026, 9, 7), days, TODAY)
        (posted,) = [row for row in posted_rows(session, VIEW, whole_names=True) if row.kind == "新就业困难群体"]
        assert posted.name == "谷满仓"
