"""Writes the sample rosters and their expected answers into the folder of this script (needs openpyxl and xlwt)."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side

from tests.data.rosters.invent import (
    RARE_BMP,
    Inventor,
    d_cn,
    d_cn0,
    d_cnd,
    d_dash,
    d_dashm,
    d_dot,
    d_dot1,
    d_dotd,
    d_real,
    d_serial,
    d_slash,
    d_year,
    d_ym6,
    d_ym6n,
    d_ymd8,
    d_ymd8n,
    expect,
    lossy,
    lossy_valid,
    pad,
    render,
    save_expected,
    save_xlsx,
    wrong_check,
)

HERE = Path(__file__).resolve().parent
inv = Inventor(20260105, 10000000000)
THIN = Border(*[Side(style="thin")] * 4)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def title(ws, row, text, last, size=18):
    ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    c = ws.cell(row, 1, text)
    c.font = Font(size=size, bold=True)
    c.alignment = CENTRE


def put(ws, row, cells, fmt=None):
    for i, v in enumerate(cells, 1):
        c = ws.cell(row, i)
        c.value = v
        c.border = THIN
        if isinstance(v, dt.datetime):
            c.number_format = fmt or "yyyy-mm-dd"
        elif isinstance(v, str) and v.isdigit():
            c.number_format = "@"


def fill(ws, first, cols, people, fmt=None):
    rows, want = [], []
    for i, p in enumerate(people):
        cells, exp = render(p, cols)
        put(ws, first + i, cells, fmt)
        rows.append(first + i)
        want.append(exp)
    return rows, want


def counter():
    n = [0]

    def f(p):
        n[0] += 1
        return n[0]

    return f


def date(field, how):
    return lambda p: how(p[field])


def short(p):
    return p["ethnicity"].replace("族", "") if len(p["ethnicity"]) == 2 else p["ethnicity"]


def done(name, data):
    save_expected(HERE / (name + ".expected.json"), data)


def s01():
    """The heading of the national entry card, one person a row, nothing else."""
    cols = [
        ("姓名", "name", None),
        ("性别", "sex", None),
        ("民族", "ethnicity", None),
        ("公民身份号码", "id_number", None),
        ("出生日期", "birth_date", None),
        ("学历", "education", None),
        ("人员类别", "category", None),
        ("所在党支部", None, lambda p: "测试支部"),
        ("加入党组织日期", "joined_on", None),
        ("转为正式党员日期", "full_member_on", None),
        ("工作岗位", None, lambda p: "机关"),
        ("联系电话", "phone", None),
        ("家庭住址", "address", None),
        ("党籍状态", None, lambda p: "正常"),
        ("是否为失联党员", None, lambda p: "否"),
        ("是否为流动党员", None, lambda p: "否"),
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "党员信息"
    put(ws, 1, [c[0] for c in cols])
    rows, want = fill(ws, 2, cols, inv.people(16))
    save_xlsx(wb, HERE / "s01_采集表.xlsx")
    done("s01_采集表.xlsx", expect(1, rows, want))


def s02():
    """Merged title, a unit row, a two-level heading, a total and signatures below."""
    cols = [
        ("序号", None, counter()),
        ("姓名", "name", None),
        ("性别", "sex", None),
        ("民族", "ethnicity", None),
        ("籍贯", "native_place", None),
        ("出生年月", "birth_date", date("birth_date", d_dot)),
        ("公民身份号码", "id_number", None),
        ("学历", "education", None),
        ("学位", "degree", None),
        ("参加工作时间", "work_started_on", date("work_started_on", d_dot)),
        ("入党时间", "joined_on", date("joined_on", d_dot)),
        ("转正时间", "full_member_on", date("full_member_on", d_dot)),
        ("人员类别", "category", None),
        ("工作单位及职务", "post", None),
        ("党内职务", "party_post", None),
        ("所在党小组", "group", None),
        ("联系电话", "phone", None),
        ("家庭住址", "address", None),
        ("备注", "remark", None),
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "花名册"
    title(ws, 1, "党员花名册", len(cols))
    ws["A2"] = "填报单位（盖章）：测试支部"
    ws["M2"] = "截至2026年6月30日"
    put(ws, 4, [None if i in (0, 1, 18) else c[0] for i, c in enumerate(cols)])
    for col, text in ((1, "序号"), (2, "姓名"), (19, "备注")):
        ws.merge_cells(start_row=3, start_column=col, end_row=4, end_column=col)
        ws.cell(3, col, text)
    for a, b, text in ((3, 10, "基本情况"), (11, 16, "党内情况"), (17, 18, "联系方式")):
        ws.merge_cells(start_row=3, start_column=a, end_row=3, end_column=b)
        ws.cell(3, a, text).alignment = CENTRE
    people = inv.people(22)
    people[3]["remark"] = "借调在外"
    rows, want = fill(ws, 5, cols, people)
    end = rows[-1] + 1
    put(ws, end, ["合计", "22人"])
    ws.cell(end + 2, 1, "支部书记（签字）：")
    ws.cell(end + 2, 7, "填表人：")
    ws.cell(end + 2, 13, "填表日期：2026年7月1日")
    ws.cell(end + 3, 1, "说明：本表一式两份，支部留存一份。")
    save_xlsx(wb, HERE / "s02_花名册.xlsx")
    done("s02_花名册.xlsx", expect(4, rows, want, header_row_or=[3]))


def s03():
    """Spaces and line breaks in the headings, other words for the same thing, padded names, short values."""
    cols = [
        ("序 号", None, counter()),
        ("姓  名", "name", lambda p: (pad(p["name"]), p["name"])),
        ("性\n别", "sex", None),
        ("族别", "ethnicity", lambda p: (short(p), p["ethnicity"])),
        ("身份证\n号  码", "id_number", None),
        ("出生\n时间", "birth_date", date("birth_date", d_dash)),
        ("文化程度", "education", None),
        ("入党\n日期", "joined_on", date("joined_on", d_dash)),
        ("转正日期 ", "full_member_on", date("full_member_on", d_dash)),
        ("正式/\n预备", "category", lambda p: (p["category"][:2], p["category"])),
        ("支部职务", "party_post", None),
        ("党小组", "group", None),
        ("手机号码", "phone", lambda p: (int(p["phone"]), p["phone"])),
        ("现居住地", "address", None),
        ("党费基数（元）", "dues_base", lambda p: (float(p["dues_base"]), p["dues_base"])),
        ("车牌号", None, lambda p: None),
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    title(ws, 1, "测试支部党员基本情况一览表", len(cols))
    put(ws, 2, [c[0] for c in cols])
    people = inv.people(18)
    for p in people[6:9]:
        p["name"] = inv.r.choice("赵孙吴郑") + inv.r.choice("喆赟犇䶮")
    rows, want = fill(ws, 3, cols, people)
    ws.cell(rows[5], 2).value = people[5]["name"].replace("·", "•")
    save_xlsx(wb, HERE / "s03_标题写法.xlsx")
    done("s03_标题写法.xlsx", expect(2, rows, want))


def s04():
    """Every common way to type a date, mixed in the same column; unknown dates."""
    ways = [
        d_dot,
        d_dot1,
        d_ym6,
        d_ym6n,
        d_ymd8,
        d_ymd8n,
        d_cn,
        d_cn0,
        d_cnd,
        d_slash,
        d_dash,
        d_dashm,
        d_dotd,
        d_real,
        d_serial,
        d_year,
    ]
    turn = {"n": -1}

    def mixed(field, shift):
        def f(p):
            if field == "birth_date":
                turn["n"] += 1
            way = ways[(turn["n"] + shift) % len(ways)]
            return d_dash(p[field]) if field == "birth_date" and way is d_year else way(p[field])

        return f

    cols = [
        ("姓名", "name", None),
        ("身份证号", "id_number", None),
        ("出生年月", "birth_date", mixed("birth_date", 0)),
        ("参加工作时间", "work_started_on", mixed("work_started_on", 5)),
        ("入党时间", "joined_on", mixed("joined_on", 9)),
        ("转正时间", "full_member_on", mixed("full_member_on", 13)),
        ("人员类别", "category", None),
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    put(ws, 1, [c[0] for c in cols])
    people = inv.people(32)
    rows, want = fill(ws, 2, cols, people)
    for i, word in ((30, "不详"), (31, "——")):
        ws.cell(rows[i], 4).value = word
        want[i]["work_started_on"] = None
    save_xlsx(wb, HERE / "s04_日期写法.xlsx")
    done("s04_日期写法.xlsx", expect(1, rows, want))


def s05():
    """Identity numbers typed as numbers (the last three digits are gone), a wrong check digit, one digit short."""
    cols = [
        ("序号", None, counter()),
        ("姓名", "name", None),
        ("身份证号码", "id_number", None),
        ("出生日期", "birth_date", date("birth_date", d_real)),
        ("性别", "sex", None),
        ("入党时间", "joined_on", date("joined_on", d_real)),
        ("联系方式", "phone", None),
    ]
    wb = openpyxl.Workbook()
    ws = wb.active
    title(ws, 1, "党员名单", len(cols))
    put(ws, 2, [c[0] for c in cols])
    people = inv.people(15)
    rows, want = fill(ws, 3, cols, people, "yyyy/m/d")
    bad = {
        2: lossy(people[2]["id_number"]),
        6: float(lossy(people[6]["id_number"])),
        7: lossy_valid(inv, people[7]["birth_date"], people[7]["sex"]),
        10: wrong_check(people[10]["id_number"]),
        12: people[12]["id_number"][:17],
    }
    for i, v in bad.items():
        c = ws.cell(rows[i], 3)
        c.value = v
        c.number_format = "General"
    keep = [i for i in range(15) if i not in bad]
    save_xlsx(wb, HERE / "s05_身份证号成数字.xlsx")
    done(
        "s05_身份证号成数字.xlsx",
        expect(2, [rows[i] for i in keep], [want[i] for i in keep], [(rows[i], "id_number") for i in sorted(bad)]),
    )


def s06():
    """Two branches, a sheet each; the sheet is named with --sheet."""
    wb = openpyxl.Workbook()
    parts = []
    for n, (name, count) in enumerate((("第一党支部", 9), ("第二党支部", 12))):
        ws = wb.active if n == 0 else wb.create_sheet()
        ws.title = name
        cols = [
            ("序号", None, counter()),
            ("党员姓名", "name", None),
            ("性别", "sex", None),
            ("公民身份证号码", "id_number", None),
            ("入党时间", "joined_on", date("joined_on", d_cn)),
            ("党员类别", "category", None),
            ("党内职务", "party_post", None),
            ("移动电话", "phone", None),
        ]
        title(ws, 1, name + "党员名册", len(cols))
        put(ws, 3, [c[0] for c in cols])
        rows, want = fill(ws, 4, cols, inv.people(count))
        put(ws, rows[-1] + 1, ["总计", count])
        parts.append(dict(sheet=name, **expect(3, rows, want)))
    save_xlsx(wb, HERE / "s06_两个支部.xlsx")
    done("s06_两个支部.xlsx", {"parts": parts})


def s07():
    """The old .xls format: date cells, telephone numbers as numbers, totals, signatures."""
    cols = [
        ("序号", None, counter()),
        ("姓 名", "name", lambda p: (pad(p["name"], "  "), p["name"])),
        ("性别", "sex", None),
        ("民族", "ethnicity", lambda p: (short(p), p["ethnicity"])),
        ("出生日期", "birth_date", date("birth_date", d_real)),
        ("身份证号", "id_number", None),
        ("学历", "education", None),
        ("职务", "post", None),
        ("入党时间", "joined_on", date("joined_on", d_real)),
        ("转正时间", "full_member_on", date("full_member_on", d_real)),
        ("电话", "phone", lambda p: (float(p["phone"]), p["phone"])),
        ("缴费基数", "dues_base", lambda p: ("￥{:,.2f}元".format(float(p["dues_base"])), p["dues_base"])),
    ]
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("名册")
    head = xlwt.easyxf("font: bold on; align: horiz centre")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    ws.write_merge(0, 0, 0, len(cols) - 1, "党员名册（2026年上半年）", head)
    ws.write(1, 0, "单位：测试支部")
    for i, c in enumerate(cols):
        ws.write(2, i, c[0], head)
    rows, want = [], []
    for n, p in enumerate(inv.people(20, RARE_BMP)):
        cells, exp = render(p, cols)
        for i, v in enumerate(cells):
            if v is not None:
                ws.write(3 + n, i, v, day) if isinstance(v, dt.datetime) else ws.write(3 + n, i, v)
        rows.append(4 + n)
        want.append(exp)
    ws.write(24, 1, "合　计")
    ws.write(24, 11, 12345.6)
    ws.write(26, 0, "书记签字：")
    ws.write(26, 6, "组织委员：")
    ws.write(26, 9, "填表日期：2026.7.1")
    wb.save(str(HERE / "s07_老格式.xls"))
    done("s07_老格式.xls", expect(3, rows, want))


def s08():
    """Comma-separated text in GB18030, as a Chinese spreadsheet program saves it; one number in E+17 form."""
    cols = [
        ("姓名", "name", None),
        ("性别", "sex", None),
        ("身份证号码", "id_number", None),
        ("民族", "ethnicity", None),
        ("出生年月", "birth_date", date("birth_date", d_slash)),
        ("最高学历", "education", None),
        ("入党日期", "joined_on", date("joined_on", d_slash)),
        ("转正日期", "full_member_on", date("full_member_on", d_slash)),
        ("联系电话", "phone", None),
        ("联系地址", "address", None),
        ("备注", "remark", None),
    ]
    people = inv.people(17)
    people[4]["remark"] = "住址,电话待核"
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\r\n")
    w.writerow(["测试支部党员名册"] + [""] * (len(cols) - 1))
    w.writerow([c[0] for c in cols])
    rows, want, bad = [], [], []
    for n, p in enumerate(people):
        cells, exp = render(p, cols)
        if n == 9:
            cells[2] = f"{lossy(p['id_number']):.5E}"
            bad.append((3 + n, "id_number"))
        else:
            rows.append(3 + n)
            want.append(exp)
        w.writerow(["" if v is None else v for v in cells])
    w.writerow([])
    w.writerow(["填表人：", "", "", "审核人："])
    (HERE / "s08_逗号分隔.csv").write_bytes(out.getvalue().encode("gb18030"))
    done("s08_逗号分隔.csv", expect(2, rows, want, bad))


for f in (s01, s02, s03, s04, s05, s06, s07, s08):
    f()
