"""Each kind of mess that real rosters hold (forms.md §8), on sheets made for it."""

import time
from datetime import date

import pytest

from importers import matching
from models.errors import UserError
from models.kinds import Day
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.payments import DUES_PAYMENTS
from models.ledgers.members.roster import MEMBERS
from models.rules.identity import check_character
from tests.importers.invented import HEAD, KEYS, book, found, grid, people, rows_of, shown

PEOPLE = people(8)
ROWS = rows_of(PEOPLE)
KNOWN = [key for key in KEYS if key]
ALL = [shown(person, *KNOWN) for person in PEOPLE]


def read(*rows, sheet=None, chosen=None, **more):
    return matching.match(book(grid(*rows, **more)), MEMBERS, sheet, chosen)


def whys(match):
    return [(problem.row, problem.field) for problem in match.problems]


def mapped(*headings):
    """What a single row of headings is mapped to, over a name column that is always there."""
    return dict(read(("姓名", *headings), ("甲某", *[None] * len(headings))).mapping)


def test_a_plain_table_is_read_whole():
    match = read(HEAD, *ROWS)
    assert found(match, *KNOWN) == ALL
    assert [row.number for row in match.rows] == list(range(2, 10))
    assert (match.header_row, match.rows_read) == (1, 8)
    assert match.mapping == dict(zip(HEAD[1:], KNOWN, strict=True))
    assert match.unmapped == ("序号",)
    assert (match.problems, match.skipped, match.notices) == ((), (), ())


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("姓 名", "name"),
        ("*姓名（必填）", "name"),
        ("党员\n姓名", "name"),
        ("名族", "ethnicity"),
        ("性别(男/女)", "sex"),
        ("身份证号码18位", "id_number"),
        ("公民身分号码", "id_number"),
        ("身份证号码（以身份证为准）", "id_number"),
        ("本人身份证号", "id_number"),
        ("出生年月（如1990.01）", "birth_date"),
        ("出生日期格式1990-01-01", "birth_date"),
        ("加入中国共产党时间", "joined_on"),
        ("入党(支部大会)时间", "joined_on"),
        ("转为正式党员日期", "full_member_on"),
        ("预/正", "category"),
        ("政治面貌", "category"),
        ("职务", "post"),
        ("工作单位", "post"),
        ("党内职务", "party_post"),
        ("所属党支部 ", "branch"),
        ("党小组", "group"),
        ("手机号码", "phone"),
        ("本人联系电话", "phone"),
        ("现家庭住址", "address"),
        ("每月收缴基数", "dues_base"),
        ("党费上缴基数（元）", "dues_base"),
        ("党费类别", "dues_category"),
        ("备 注", "remark"),
        ("是否农民工 ", "is_migrant_worker"),
        ("办公电话", "landline"),
    ],
)
def test_a_heading_is_known_by_its_other_words(heading, key):
    first = () if key == "name" else ("姓名",)
    match = read((*first, heading, "学历"), (*("甲某",) * len(first), "甲某" if key == "name" else None, "中专"))
    assert match.mapping[heading.strip()] == key


@pytest.mark.parametrize(
    "heading",
    [
        "支部书记电话",
        "家庭成员姓名",
        "配偶姓名",
        "入党介绍人",
        "入党介绍人1",
        "介绍人电话",
        "紧急联系人电话",
        "入团时间",
        "加入团组织日期",
        "入职日期",
        "申请入党时间",
        "提交入党申请书时间",
        "确定为入党积极分子时间",
        "确定为发展对象时间",
        "转正时所在党支部",
        "参加工会时间",
        "离开党组织日期",
        "入党志愿书编号",
        "毕业院校及专业",
        "单位电话",
        "出生地",
        "年龄",
        "党龄",
        "工作单位地址",
        "月应交",
        "每月应缴党费（元）",
        "QQ号",
        "签名",
        "是否为中共党员",
    ],
)
def test_a_heading_that_only_resembles_another_is_left_alone(heading):
    assert heading not in mapped(heading, "学历")


def test_titles_units_and_bands_stand_above_the_heading():
    rows = (
        ("某局机关党委2026年2月党员花名册",),
        ("填报单位（盖章）：测试支部", None, None, "联系人：某某", None, "2026年2月"),
        ("序号", "基本情况", None, None, "党内情况", "联系方式"),
        (None, *HEAD[1:]),
        *ROWS,
    )
    merges = [(0, 0, 0, 5), (2, 0, 3, 0), (2, 1, 2, 3)]
    match = read(*rows, merges=merges)
    assert match.header_row == 4
    assert found(match, *KNOWN) == ALL


def test_three_levels_are_joined_and_a_band_completes_its_children():
    rows = (
        ("党员信息", None, None, None, None),
        ("个人", None, "入党", "转正", "党内"),
        ("姓名", "身份证", "时间", "日期", "职务"),
        (None, "号码", None, None, None),
        ("甲某", PEOPLE[0]["id_number"], "1990.05", "1991.05", "书记"),
    )
    match = read(*rows, merges=[(0, 0, 0, 4), (1, 0, 1, 1), (2, 0, 3, 0), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 3, 4)])
    assert match.header_row == 4
    assert dict(match.mapping) == {
        "姓名": "name",
        "身份证": "id_number",
        "入党/时间": "joined_on",
        "转正/日期": "full_member_on",
        "党内/职务": "party_post",
    }


def test_bands_without_merges_lend_their_name_to_empty_cells_below():
    match = read(
        ("姓名", "性别", "学历学位", None, "备注"),
        (None, None, "学历", "学位", None),
        ("甲某", "男", "大学", "学士", "无"),
        ("乙某", "女", "大学", None, None),
    )
    assert match.header_row == 2
    assert found(match, "name", "education", "degree")[0] == {"name": "甲某", "education": "大学", "degree": "学士"}


def test_a_band_about_somebody_else_keeps_its_children():
    rows = (
        ("姓名", "性别", "家庭成员", None, "入党介绍人", "备注"),
        (None, None, "姓名", "电话", "姓名", None),
        ("甲某", "男", "乙某", "10000000001", "丙某", None),
    )
    match = read(*rows, merges=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 5, 1, 5)])
    assert dict(match.mapping) == {"姓名": "name", "性别": "sex", "备注": "remark"}
    assert [row.values["name"] for row in match.rows] == ["甲某"]


def test_a_heading_may_be_finished_by_the_band_over_it():
    rows = (
        ("姓名", "性别", "职务", None, "时间", None, None),
        (None, None, "行政", "党内", "出生", "入党", "转正"),
        ("甲某", "男", "科长", "委员", "1980.05", "1999.07", None),
    )
    match = read(*rows, merges=[(0, 2, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0), (0, 1, 1, 1)])
    wanted = ["name", "sex", "post", "party_post", "birth_date", "joined_on", "full_member_on"]
    assert list(match.mapping.values()) == wanted
    assert list(match.mapping)[4] == "时间/出生"


def test_a_heading_in_two_languages_is_known_by_the_chinese_one():
    rows = ("Name 姓名", "Sex/性别", "ID号码：身份证号", "E-mail"), ("甲某", "男", PEOPLE[0]["id_number"], "a@b")
    assert set(read(*rows).mapping.values()) == {"name", "sex"}
    assert mapped("ID身份证号", "Tel.电话", "QQ") == {"姓名": "name", "ID身份证号": "id_number", "Tel.电话": "phone"}


def test_a_band_about_somebody_else_keeps_its_children_merged_down_too():
    rows = (
        ("基本情况", None, None, "家庭成员", None),
        ("姓名", "出生", "身份证", "姓名", "电话"),
        (None, "年月", "号码", None, None),
        ("甲某", "1980.05", None, "乙某", "10000000001"),
    )
    match = read(*rows, merges=((0, 3, 0, 4), (1, 0, 2, 0), (1, 3, 2, 3), (1, 4, 2, 4)))
    assert set(match.mapping.values()) == {"name", "birth_date", "id_number"}
    assert [row.values["name"] for row in match.rows] == ["甲某"]


def test_hints_samples_and_column_numbers_below_the_heading_are_no_data():
    rows = (
        HEAD,
        ("自动生成", "必填", "选填，男/女", "必填，18位", "格式如1990-01-01", "选填"),
        ("甲", "乙", 1, 2, 3, 4),
        ("例", "张三", "男", "110101199001011234", "2010-01-01", "13800000000"),
        *ROWS,
    )
    match = read(*rows)
    assert found(match, *KNOWN) == ALL
    assert match.problems == ()
    assert [each.row for each in match.skipped] == [4]


def test_a_sample_person_is_skipped_only_where_a_sample_stands():
    sample = (1, "张三", "男", None, "2010-01-01", None)
    assert [each.row for each in read(HEAD, sample, *ROWS).skipped] == [2]
    real = (9, "张三", *ROWS[0][2:])
    assert read(HEAD, *ROWS, real).rows[-1].values["name"] == "张三"
    assert read(HEAD, real, *ROWS[1:]).rows[0].values["name"] == "张三"


def test_totals_and_tails_are_no_data():
    tail = (
        ("合　计", 8, None, None, None, None),
        (),
        ("支部书记（签字）：", None, "组织委员：", None, "填表人：某某", None),
        ("书记：", "周某", None, "填表人：", None, None),
        ("制表单位：测试支部", None, None, None, "填表日期：2026.7.1", None),
        (None, "联系电话：10000000001", None, None, None, None),
        ("说明：1.本表一式两份；2.截止日期为6月30日。",),
        (None, "（盖章）", None, None, None, None),
        (None, "共8人", None, None, None, None),
    )
    for prefix in ((), ((),), ((), (), ())):
        match = read(HEAD, *ROWS, *prefix, *tail)
        assert found(match, *KNOWN) == ALL
        assert (match.problems, match.skipped) == ((), ())


@pytest.mark.parametrize(
    "word",
    ["合计", "小计：", "总 计", "共计8人", "本页小计", "人数合计", "总计（人）", "大　写", "人民币（大写）：伍拾元整"],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_total_may_stand_in_either_column(word, place):
    total = (word, 8) if place == 0 else (None, word, None, None, 8)
    match = read(HEAD, *ROWS[:4], total, *ROWS[4:])
    assert len(match.rows) == 8
    assert match.problems == ()


@pytest.mark.parametrize(
    "words", ["以上共8名党员", "共有8人", "党员总数：8人", "平均", "最高值", "人均基数", "人民币大写"]
)
def test_sums_and_means_below_the_table_are_no_people(words):
    match = read(HEAD, *ROWS, (None, words, None, None, None, "8"), (words, 8))
    assert found(match, *KNOWN) == ALL
    assert (match.problems, match.skipped) == ((), ())


def test_data_after_blank_lines_is_read_and_odd_remains_are_named():
    rows = (HEAD, *ROWS[:4], (), *ROWS[4:], (), (), (None, "借调人员另册", None, None, None, "某某"))
    match = read(*rows)
    assert found(match, *KNOWN) == ALL
    assert [each.row for each in match.skipped] == [13]


def test_a_heading_printed_again_is_passed_over():
    rows = (("党员名册",), HEAD, *ROWS[:4], (), ("党员名册",), HEAD, *ROWS[4:])
    assert found(read(*rows), *KNOWN) == ALL
    banded = (("序号", "基本情况", None, None, "党内情况", "联系方式"), (None, *HEAD[1:]))
    merges = [(0, 0, 1, 0), (0, 1, 0, 3), (6, 0, 7, 0), (6, 1, 6, 3)]
    match = read(*banded, *ROWS[:4], *banded, *ROWS[4:], merges=merges)
    assert found(match, *KNOWN) == ALL
    assert match.skipped == ()


def test_another_table_below_is_named_and_not_read():
    other = (
        ("积极分子名单",),
        ("序号", "姓名", "申请入党时间", "籍贯", "学历", "职务"),
        (1, "某甲", "2020", "某地", "大学", "科员"),
    )
    match = read(HEAD, *ROWS, (), *other)
    assert found(match, *KNOWN) == ALL
    assert [each.row for each in match.skipped] == [13]


def test_blank_and_numbered_rows_to_a_thousand_are_nothing():
    match = read(HEAD, *ROWS, *[(number, None, None) for number in range(9, 1000)], *[()] * 50)
    assert len(match.rows) == 8
    assert match.skipped == ()


def test_merged_cells_downward_lend_their_value_within_the_merge_only():
    head = (*HEAD, "所在党支部")
    branches = ["第一党支部", None, None, "第二党支部", None, None, None, None]
    rows = [(*row, branch) for row, branch in zip(ROWS, branches, strict=True)]
    match = read(head, *rows, merges=[(1, 6, 3, 6), (4, 6, 7, 6)])
    assert [row.values["branch"] for row in match.rows] == ["第一党支部"] * 3 + ["第二党支部"] * 4 + [None]


def test_a_person_merged_over_two_rows_is_one_person():
    rows = [list(row) for row in ROWS[:2]]
    second = (None, None, None, None, None, "10000000099")
    match = read(HEAD, rows[0], second, rows[1], merges=[(1, column, 2, column) for column in range(5)])
    assert found(match, *KNOWN) == ALL[:2]
    assert [each.row for each in match.skipped] == [3]


def test_a_block_of_notes_among_the_data_is_not_taken_for_values():
    rows = [list(row) for row in ROWS]
    for row in rows[2:6]:
        row[4] = row[5] = None
    rows[2][4] = "注意事项：1.请按身份证填写。2.电话必填。"
    match = read(HEAD, *rows, merges=[(3, 4, 6, 5)])
    assert len(match.rows) == 8
    assert match.problems == ()
    assert match.rows[2].values["joined_on"] is None
    assert any("第 4 行" in notice for notice in match.notices)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("第一党支部", "branch", "第一党支部"),
        ("一、甲局机关第一支部（5人）", "branch", "甲局机关第一支部"),
        ("（二）退休 支部：", "branch", "退休支部"),
        ("党支部名称：中共甲局第一支部委员会", "branch", "中共甲局第一支部委员会"),
        ("第一党支部 共12名党员", "branch", "第一党支部"),
        ("第二党小组（3人）", "group", "第二党小组"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_line_over_a_section_says_where_its_people_belong(line, key, value, place):
    match = read(HEAD, *ROWS[:2], (None,) * place + (line,), *ROWS[2:5], ("小计", 3), (None, "第九党支部"), *ROWS[5:])
    assert [row.values.get(key) for row in match.rows[:5]] == [None, None, value, value, value]
    assert [row.values["branch"] for row in match.rows[5:]] == ["第九党支部"] * 3
    assert found(match, *KNOWN) == ALL
    assert any(value in notice for notice in match.notices)


def test_a_branch_in_the_row_itself_counts_before_the_line_over_it():
    rows = [(*row, "退休支部" if index == 1 else None) for index, row in enumerate(ROWS[:3])]
    match = read((*HEAD, "所在支部"), ("第一支部",), *rows)
    assert [row.values["branch"] for row in match.rows] == ["第一支部", "退休支部", "第一支部"]


@pytest.mark.parametrize("line", ["填报单位：第一党支部", "张支部长", "请各支部（5人以上）填报", "第一党支部党员名册"])
def test_other_lines_with_a_branch_in_them_head_no_section(line):
    match = read(HEAD, *ROWS[:2], (line,), *ROWS[2:])
    assert found(match, *KNOWN) == ALL
    assert all("branch" not in row.values for row in match.rows)


@pytest.mark.parametrize("line", ["入党积极分子名单", "附：发展对象（2人）", "二、转出党员", "已去世党员名册"])
def test_people_below_a_line_about_others_are_named_and_not_read(line):
    rows = (
        ("第一党支部",),
        *ROWS[:2],
        (line,),
        *ROWS[2:4],
        ("第二党支部（2人）",),
        *ROWS[4:6],
        (line,),
        HEAD,
        *ROWS[6:8],
    )
    match = read(HEAD, *rows)
    assert [row.number for row in match.rows] == [3, 4, 9, 10]
    assert [row.values["branch"] for row in match.rows] == ["第一党支部"] * 2 + ["第二党支部"] * 2
    assert [each.row for each in match.skipped] == [6, 7, 13, 14]
    assert all("之下，不是在册党员" in each.why for each in match.skipped)


def test_members_below_others_are_read_again():
    match = read(HEAD, ("正式党员（2人）",), *ROWS[:2], ("积极分子",), ROWS[2], ("预备党员名单",), *ROWS[3:])
    assert len(match.rows) == 7
    assert match.problems == ()


def test_marks_of_pages_are_nothing():
    page = (("甲局党员名册（续表）",), (None, None, None, "第2页 共2页"), HEAD, (None, "承上页", None, 4))
    match = read(HEAD, *ROWS[:4], (None, None, None, "（转下页）"), *page, *ROWS[4:], ("第 2 页",))
    assert found(match, *KNOWN) == ALL
    assert (match.problems, match.skipped) == ((), ())


def test_a_heading_that_is_the_same_in_part_begins_another_table():
    match = read(
        HEAD[1:4], *[row[1:4] for row in ROWS[:3]], (), ("姓名", "性别", "申请入党时间"), ("乙某", "男", "2025.1")
    )
    assert len(match.rows) == 3
    assert (match.problems, [each.row for each in match.skipped]) == ((), [7])


def test_a_ditto_repeats_what_stands_above_it():
    head = ("姓名", "公民身份号码", "所在支部", "入党时间")
    rows = [(PEOPLE[0]["name"], PEOPLE[0]["id_number"], "第一支部", "1999.07")]
    rows += [(person["name"], person["id_number"], "〃", "同上") for person in PEOPLE[1:3]]
    match = read(head, rows[0], *rows[1:], ("小计",), ("甲某", "〃", "第二支部", None), ("同上", None, "〃", "〃"))
    assert found(match, "branch", "joined_on") == [{"branch": "第一支部", "joined_on": "1999-07"}] * 3
    assert whys(match) == [(6, "id_number"), (7, "name")]


def test_two_halves_side_by_side_are_both_read():
    left, right = ROWS[:4], ROWS[4:]
    rows = [(*one, "┆", *two) for one, two in zip(left, right, strict=True)]
    match = read(("党员名册",), (*HEAD, None, *HEAD), *rows)
    assert found(match, *KNOWN) == ALL
    assert [row.number for row in match.rows] == [3, 4, 5, 6] * 2


def test_a_copy_beside_the_table_counts_once():
    match = read((*HEAD, "┆骑缝章┆", *HEAD), *[(*row, "┆", *row) for row in ROWS])
    assert found(match, *KNOWN) == ALL
    assert match.rows_read == 8


def test_a_list_of_codes_beside_the_table_is_no_table():
    codes = [("01", "汉族"), ("02", "蒙古族"), ("03", "回族")]
    rows = [(*row, None, *(codes[n] if n < 3 else ())) for n, row in enumerate(ROWS)]
    match = read((*HEAD, None, "代码", "民族"), *rows, *[(None,) * 7 + ("05", "苗族")] * 3)
    assert len(match.rows) == 8
    assert match.problems == ()


def test_the_roster_is_found_behind_other_sheets():
    notes = grid(("填写说明",), ("1.姓名、性别必须填写",), ("2.身份证号按18位填写",), name="填写说明")
    codes = grid(("民族", "学历", "性别"), ("汉族", "大学", "男"), name="代码")
    sample = grid(HEAD, *rows_of(people(2, 3)), name="填写示例")
    hidden = grid(HEAD, *rows_of(people(2, 4)), name="旧", hidden=True)
    match = matching.match(book(notes, codes, sample, hidden, grid(HEAD, *ROWS)), MEMBERS)
    assert match.sheets == ("名册",)
    assert found(match, *KNOWN) == ALL


def test_a_roster_on_a_hidden_sheet_alone_is_found():
    match = matching.match(book(grid(("空",)), grid(HEAD, *ROWS, name="隐", hidden=True)), MEMBERS)
    assert match.sheets == ("隐",)


def test_sheets_that_disagree_want_a_choice():
    two = book(
        grid(HEAD, *ROWS[:4], name="甲"),
        grid((*HEAD[:4], "学历"), *[(*row[:4], "大学") for row in ROWS[4:]], name="乙"),
    )
    with pytest.raises(UserError, match="“甲”、“乙”"):
        matching.match(two, MEMBERS)
    assert len(matching.match(two, MEMBERS, "乙").rows) == 4
    with pytest.raises(UserError, match="没有名为“丙”"):
        matching.match(two, MEMBERS, "丙")


def test_a_lesser_list_beside_the_roster_is_left_and_named():
    lesser = grid(("姓名", "备注"), ("某某", "借调"), name="借调")
    match = matching.match(book(grid(HEAD, *ROWS), lesser), MEMBERS)
    assert match.sheets == ("名册",)
    assert any("借调" in notice for notice in match.notices)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("通知",), ("各支部：",), ("请报送名册。",)),
        (HEAD,),
        (HEAD, (), ("合计",)),
        (("性别", "学历", "电话"), ("男", "大学", "1")),
        (("姓名", "甲某", "性别", "男"), ("民族", "汉族", "籍贯", "某地"), ("入党时间", "1990", "职务", "科长")),
    ],
)
def test_what_holds_no_roster_is_refused_with_a_sentence(rows):
    with pytest.raises(UserError, match=r"。$"):
        read(*rows)


def test_doubtful_numbers_and_names_are_reported_and_others_saved():
    good = ROWS[0]
    numbers = [
        119901199001011000.0,
        "1.19901E+17",
        PEOPLE[1]["id_number"][:17],
        "E12345678",
        "军字第1234567号",
    ]
    rows = [(n, f"某{n}某", "男", number, "2010.05", None) for n, number in enumerate(numbers)]
    rows += [(9, '=HYPERLINK("http://a.example","点我")', *good[2:]), (10, None, *good[2:])]
    old = (11, "旧某", "男", "119901900101123", "1990.05", None)
    unknown = (12, "不详某", "男", "不详", "1990.05", None)
    match = read(HEAD, *rows, old, unknown)
    assert whys(match) == [*[(row, "id_number") for row in range(2, 7)], (7, "name"), (8, "name")]
    assert found(match, "id_number") == [{"id_number": "119901900101123"}, {"id_number": None}]


def test_a_number_that_lost_its_digits_is_refused_even_where_the_check_digit_fits():
    begun = (f"119901{year}0501{n}00" for year in range(1950, 2000) for n in range(10))
    fitting = next(each + "0" for each in begun if check_character(each) == "0")
    lost = PEOPLE[0]["id_number"][:15] + "000"
    assert whys(read(("姓名", "身份证号"), ("甲某", fitting), ("乙某", PEOPLE[1]["id_number"]))) == []
    match = read(("姓名", "身份证号"), ("甲某", fitting), ("乙某", lost), ("丙某", PEOPLE[1]["id_number"]))
    assert whys(match) == [(2, "id_number"), (3, "id_number")]


def test_padded_numbers_are_read_as_plain_text():
    number = next(each["id_number"] for each in people(60) if each["id_number"].endswith("X"))
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    spaced = f" {number[:6]} {number[6:14]} {number[14:].lower()}\t"
    for typed in (wide, spaced, f"'{number}", number.lower(), f"\u200b{number}\u202c"):
        match = read(("姓名", "身份证号", "手机"), ("甲某", typed, "'１００00000001"))
        assert found(match, "id_number", "phone") == [{"id_number": number, "phone": "10000000001"}]


def test_formulas_without_a_value_and_errors_are_reported_where_they_matter():
    faults = {(1, 3): "公式没有结果。", (2, 0): "公式没有结果。", (3, 1): "错误值。", (12, 2): "公式没有结果。"}
    rows = [list(row) for row in ROWS]
    rows[0][3] = rows[1][0] = rows[2][1] = None
    match = read(HEAD, *rows, (), (), ("", ""), (None,), faults=faults)
    assert whys(match) == [(2, "id_number"), (4, "name")]
    assert len(match.rows) == 6


def test_a_day_number_counts_from_the_workbooks_own_beginning():
    rows = (("姓名", "出生日期", "缴费基数"), ("甲某", 33000.0, 33000.0), ("乙某", date(1990, 5, 7), None))
    match = matching.match(book(grid(*rows), from_1904=True), MEMBERS)
    assert found(match, "birth_date")[0] == {"birth_date": "1994-05-08"}
    assert str(match.rows[0].values["dues_base"]) == "33000.00"
    assert found(read(*rows), "birth_date") == [{"birth_date": "1990-05-07"}] * 2


def test_january_or_october_is_reported_unless_the_file_shows_which():
    head = ("姓名", "出生年月")
    assert whys(read(head, ("甲某", 1990.1), ("乙某", 1990.05))) == [(2, "birth_date")]
    assert whys(read(head, ("甲某", "1990.1"), ("乙某", "1990.05"), typed=False)) == [(2, "birth_date")]
    sure = read(head, ("甲某", "1990.1"), ("乙某", "1990.10"), typed=False)
    assert found(sure, "birth_date") == [{"birth_date": "1990-01"}, {"birth_date": "1990-10"}]
    assert found(read(head, ("甲某", "1990.1")), "birth_date") == [{"birth_date": "1990-01"}]


@pytest.mark.parametrize(
    "column", [each for each in MEMBERS.columns if isinstance(each.kind, Day)], ids=lambda each: each.key
)
def test_every_date_of_a_person_may_be_known_to_the_month_or_the_year_alone(column):
    rows = (("甲某", "2015.06"), ("乙某", "2015年"), ("丙某", "2015年6月8日"))
    assert [each[column.key] for each in found(read(("姓名", column.title), *rows), column.key)] == [
        "2015-06",
        "2015",
        "2015-06-08",
    ]


def test_error_words_in_text_files_are_errors():
    match = read(("姓名", "出生年月", "职务"), ("甲某", "#VALUE!", "#N/A"), ("乙某", "#######", "科长"), typed=False)
    assert whys(match) == [(2, "birth_date"), (2, "post"), (3, "birth_date")]


def test_what_a_heading_means_is_decided_by_what_stands_below():
    rows = [("甲某", "在职", "正式党员"), ("乙某", "退休", "预备党员"), ("丙某", "在职", "正式党员")]
    match = read(("姓名", "人员类别", "党员类别"), *rows)
    assert dict(match.mapping) == {"姓名": "name", "人员类别": "dues_category", "党员类别": "category"}
    match = read(("姓名", "党籍状态（正式党员或预备党员）"), *[(row[0], row[2]) for row in rows])
    assert match.rows[1].values["category"] == "预备党员"
    match = read(("姓名", "党籍状态"), *[(row[0], "正常") for row in rows])
    assert match.rows[1].values["party_status"] == "正常"


def test_a_column_of_other_words_is_left_out_and_named():
    match = read(
        ("姓名", "人员类别", "性别"), ("甲某", "公务员", "男"), ("乙某", "工勤", "女"), ("丙某", "公务员", "男")
    )
    assert len(match.rows) == 3
    assert match.unmapped == ("人员类别",)
    assert any("人员类别" in notice for notice in match.notices)


def test_columns_that_slipped_are_noticed():
    rows = [(row[1], row[3], row[2], row[4]) for row in ROWS]
    match = read(("姓名", "籍贯", "民族", "入党时间"), *rows)
    assert any("籍贯" in notice and "公民身份号码" in notice for notice in match.notices)
    assert any("民族" in notice and "性别" in notice for notice in match.notices)


def test_of_two_columns_for_one_field_the_filled_and_better_named_one_counts():
    match = read(("姓名", "联系电话", "手机"), ("甲某", None, "10000000001"), ("乙某", None, "10000000002"))
    assert dict(match.mapping) == {"姓名": "name", "手机": "phone"}
    match = read(("姓名", "工作单位", "职务"), ("甲某", "某局", "科长"))
    assert match.mapping["职务"] == "post"
    assert match.unmapped == ("工作单位",)


def test_the_mapping_can_be_corrected():
    rows = (
        ("称呼", "姓名", "电话", "单位电话"),
        ("甲某", "某局", "1", "10000000001"),
        ("乙某", "某局", "2", "10000000002"),
    )
    chosen = {"称呼": "name", "姓名": None, "电话": None, "单位电话": "phone"}
    match = read(*rows, chosen=chosen)
    assert dict(match.mapping) == {"称呼": "name", "单位电话": "phone"}
    assert found(match, "name", "phone")[1] == {"name": "乙某", "phone": "10000000002"}
    with pytest.raises(UserError, match="姓名"):
        read(*rows, chosen={"姓名": None})


def test_the_record_number_counts_only_where_it_stands_last():
    assert "编号" not in read(("编号", "姓名", "性别"), (1, "甲某", "男")).mapping
    match = read(("姓名", "性别", "编号"), ("甲某", "男", 7.0))
    assert match.rows[0].values["id"] == "7"


def test_endless_texts_take_no_time():
    endless = [
        "(" * 30_000,
        "（" * 30_000,
        "单位(" * 9_000,
        "1" * 30_000,
        "甲 " * 15_000,
        "合计" * 15_000,
        "·" * 30_000,
    ]
    begun = time.monotonic()
    match = read(("姓名", "性别", "备注", *endless), *[(each, each, each, each) for each in endless * 3], *ROWS)
    assert time.monotonic() - begun < 2
    assert all(len(problem.value) < 300 for problem in match.problems)


def test_every_row_is_read_or_named_wherever_it_stands():
    odd = [(None, None, "男", None, "2010.05", None), (None, None, None, PEOPLE[0]["id_number"], None, None)]
    match = read(HEAD, *ROWS[:3], *odd, *ROWS[3:])
    named = {problem.row for problem in match.problems} | {each.row for each in match.skipped}
    assert named == {5, 6}
    assert len(match.rows) == 8


def test_other_ledgers_are_read_by_their_own_declaration():
    head = ("党费核定表",), ("姓名", "身份证号", "党费类别", "党费基数", "每月应交", "起始月份")
    match = matching.match(book(grid(*head, ("甲某", None, "在职", 5000.0, 75.0, "2026年1月"))), DUES_ASSESSMENTS)
    assert set(match.mapping.values()) == {"name", "id_number", "dues_category", "dues_base", "from_month"}
    by_number = matching.match(book(grid(("身份证号", "核定金额"), (PEOPLE[0]["id_number"], 0.0))), DUES_ASSESSMENTS)
    assert str(by_number.rows[0].values["amount"]) == "0.00"
    rows = (
        ("姓名", "缴费日期", "缴费金额", "缴费方式"),
        ("甲某", "2026.11.23", "75.00元", "现金"),
        (None, None, 75.0, None),
    )
    merged = [*rows[:2], (None, "2026.12.23", "75", "转账")]
    match = matching.match(book(grid(*merged, merges=[(1, 0, 2, 0)])), DUES_PAYMENTS)
    assert [row.values["name"] for row in match.rows] == ["甲某", "甲某"]


def test_what_was_remembered_of_headings_counts_before_words_and_is_corrected_by_a_choice():
    """Remembered by the heading as it is compared: 分 机* is 分机."""
    head, row = (
        ("姓名", "分 机*", "联系电话", "公民身份号码"),
        ("甲某", "10000000001", "10000000002", PEOPLE[0]["id_number"]),
    )
    memory = {"分机": "phone", "联系电话": None, "甲乙": "no such column"}
    match = matching.match(book(grid(head, row)), MEMBERS, memory=memory)
    assert match.mapping == {"姓名": "name", "分 机*": "phone", "公民身份号码": "id_number"}
    assert match.unmapped == ("联系电话",)
    assert match.memory == memory
    chosen = matching.match(
        book(grid(head, row)), MEMBERS, chosen={"分 机*": "remark", "联系电话": "phone"}, memory=memory
    )
    assert chosen.mapping == {"姓名": "name", "分 机*": "remark", "联系电话": "phone", "公民身份号码": "id_number"}
