"""Invents people for test rosters, always the same ones for the same seed.

Nobody here exists. Identity numbers carry a valid check digit, but their region codes (PP99NN) belong to no county;
telephone numbers begin with 100, which no mobile number does.
"""

import datetime as dt
import io
import json
import random
import re
import zipfile

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏"
    "潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
)
DOUBLE = ["欧阳", "上官", "司马", "诸葛", "令狐", "皇甫"]
GIVEN = "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔煜琰瑾琮璟旻皓泓湉潆珂玮彧祺祎绮缃茗荇菡葳薇蓁衡辰逸邈霖霏靖鸣鸿鹤麒黎"
RARE_BMP = ["䶮", "㛃", "喆", "赟", "犇"]
RARE_SUPP = ["𬎆", "𫖯", "𬱖"]
MINOR_A = ["阿依努尔", "古丽夏提", "迪丽拜尔", "艾尼瓦尔", "吐尔逊江", "麦合木提"]
MINOR_B = ["库尔班艾力", "依明托合提", "赛买提江", "热合曼尼亚孜"]
PROVINCES = ["11", "13", "21", "32", "33", "37", "42", "44", "51", "61"]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
EDU = ["研究生", "大学本科", "大学本科", "大学本科", "大学专科", "中专", "高中"]
DEGREE = {"研究生": "硕士", "大学本科": "学士"}
POSTS = [
    "一级主任科员",
    "四级调研员",
    "综合科科长",
    "办公室副主任",
    "三级主任科员",
    "二级科员",
    "财务科会计",
    "退休干部",
]
PLACES = ["青原省白石县", "云泽省南渡市", "松江省柳湾区", "海岱省石桥县", "西岭省清溪县"]
STREETS = ["白石路", "南渡街", "柳湾巷", "石桥里", "清溪大道"]


def check_char(first17):
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]


class Inventor:
    def __init__(self, seed, phone_from):
        self.r = random.Random(seed)
        self.phone = phone_from
        self.names = set()
        self.ids = set()

    def new_name(self, rare=()):
        r = self.r
        while True:
            first = r.choice(DOUBLE) if r.random() < 0.04 else r.choice(SURNAMES)
            n = 1 if r.random() < 0.3 else 2
            given = "".join(r.choice(GIVEN) for _ in range(n))
            if rare:
                given = given[:-1] + r.choice(rare)
            if first + given not in self.names:
                self.names.add(first + given)
                return first + given

    def minority_name(self, dot="·"):
        while True:
            name = self.r.choice(MINOR_A) + "·" + self.r.choice(MINOR_B)
            if name not in self.names:
                self.names.add(name)
                return name.replace("·", dot)

    def new_id(self, birth, sex, want_x=False):
        r = self.r
        while True:
            region = r.choice(PROVINCES) + "99" + f"{r.randint(1, 89):02d}"
            seq = f"{r.randint(0, 99):02d}{r.choice((1, 3, 5, 7, 9) if sex == '男' else (0, 2, 4, 6, 8))}"
            body = region + birth.strftime("%Y%m%d") + seq
            full = body + check_char(body)
            if full in self.ids or ((full[-1] == "X") != want_x and want_x):
                continue
            self.ids.add(full)
            return full

    def day(self, y1, y2):
        a, b = dt.date(y1, 1, 1), dt.date(y2, 12, 28)
        return a + dt.timedelta(days=self.r.randrange((b - a).days))

    def person(self, rare=(), minority=False, x=False, name=None, birth=None, probationary=None, sex=None):
        r = self.r
        sex = sex or r.choice("男女")
        probationary = r.random() < 0.1 if probationary is None else probationary
        birth = birth or (self.day(1985, 2002) if probationary else self.day(1950, 1998))
        if probationary:
            joined = dt.date(2026, r.randint(1, 9), r.randint(1, 28))
        else:
            joined = self.day(birth.year + 19, min(birth.year + 33, 2023))
        edu = r.choice(EDU)
        self.phone += 1
        return {
            "name": name or (self.minority_name() if minority else self.new_name(rare)),
            "sex": sex,
            "ethnicity": "维吾尔族" if minority else r.choice(["汉族"] * 8 + ["回族", "满族", "壮族", "土家族"]),
            "birth_date": birth,
            "id_number": self.new_id(birth, sex, x),
            "native_place": r.choice(PLACES),
            "education": edu,
            "degree": DEGREE.get(edu),
            "work_started_on": self.day(birth.year + 18, min(birth.year + 26, 2024)),
            "joined_on": joined,
            "full_member_on": None if probationary else joined.replace(year=joined.year + 1, day=min(joined.day, 28)),
            "category": "预备党员" if probationary else "正式党员",
            "post": r.choice(POSTS),
            "party_post": None,
            "group": r.choice(["第一党小组", "第二党小组", "第三党小组"]),
            "phone": str(self.phone),
            "address": f"{r.choice(PLACES)}{r.choice(STREETS)}{r.randint(1, 199)}号{r.randint(101, 2604)}室",
            "dues_base": f"{r.randint(2800, 11800)}.{r.choice((0, 0, 50, 60, 85)):02d}",
            "remark": None,
        }

    def people(self, n, rare=RARE_BMP + RARE_SUPP):
        out = [self.person(rare=rare if i % 4 == 1 else (), minority=i % 9 == 5) for i in range(n)]
        for p, post in zip(out, ["书记", "组织委员", "宣传委员", "纪检委员"], strict=False):
            p["party_post"] = post
        return out


# --- how a date may be typed: each returns (cell, what the program must answer) ---------------------------------
def iso(d):
    return d.isoformat() if d else None


def ym(d):
    return d.strftime("%Y-%m") if d else None


def none_ok(f):
    return lambda d: (None, None) if d is None else f(d)


d_dot = none_ok(lambda d: (f"{d.year}.{d.month:02d}", ym(d)))
d_dot1 = none_ok(lambda d: (f"{d.year}.{d.month}" if d.month > 1 else f"{d.year}.01", ym(d)))
d_ym6 = none_ok(lambda d: (f"{d.year}{d.month:02d}", ym(d)))
d_ym6n = none_ok(lambda d: (d.year * 100 + d.month, ym(d)))
d_ymd8 = none_ok(lambda d: (d.strftime("%Y%m%d"), iso(d)))
d_ymd8n = none_ok(lambda d: (int(d.strftime("%Y%m%d")), iso(d)))
d_cn = none_ok(lambda d: (f"{d.year}年{d.month}月", ym(d)))
d_cn0 = none_ok(lambda d: (f"{d.year}年{d.month:02d}月", ym(d)))
d_cnd = none_ok(lambda d: (f"{d.year}年{d.month}月{d.day}日", iso(d)))
d_slash = none_ok(lambda d: (f"{d.year}/{d.month}/{d.day}", iso(d)))
d_dash = none_ok(lambda d: (iso(d), iso(d)))
d_dashm = none_ok(lambda d: (ym(d), ym(d)))
d_dotd = none_ok(lambda d: (f"{d.year}.{d.month}.{d.day}", iso(d)))
d_real = none_ok(lambda d: (dt.datetime(d.year, d.month, d.day), iso(d)))
d_serial = none_ok(lambda d: ((d - dt.date(1899, 12, 30)).days, iso(d)))
d_year = none_ok(lambda d: (f"{d.year}年", str(d.year)))


# --- columns ----------------------------------------------------------------------------------------------------
def plain(p, field):
    v = p[field]
    return (iso(v), iso(v)) if isinstance(v, dt.date) else (v, v)


def render(p, cols):
    """cols: [(heading, field or None, how)]; how: None, or f(person) -> cell, or f(person) -> (cell, expected).
    Answers (cells, expected fields)."""
    cells, want = [], {}
    for _, field, how in cols:
        if how is None:
            cell, exp = plain(p, field) if field else (None, None)
        else:
            got = how(p)
            cell, exp = got if isinstance(got, tuple) else (got, p[field] if field else None)
        cells.append(cell)
        if field:
            want[field] = exp
    return cells, want


def pad(name, gap="　"):
    return name[0] + gap + name[1] if len(name) == 2 else name


def lossy(id_number):
    """What a spreadsheet keeps of an identity number typed as a number: 15 digits."""
    return int(id_number[:15] + "000")


def lossy_valid(inv, birth, sex="男"):
    """A number whose last three digits became 000 and whose check digit is right by chance."""
    while True:
        n = inv.new_id(birth, sex)[:15] + "000"
        if check_char(n[:17]) == n[17]:
            return int(n)


def wrong_check(id_number):
    c = "0123456789X"
    return id_number[:17] + c[(c.index(id_number[17]) + 3) % 11]


# --- files ------------------------------------------------------------------------------------------------------
def save_xlsx(wb, path):
    """Saves with fixed times, so that the same seed gives the same bytes."""
    buf = io.BytesIO()
    wb.save(buf)
    with zipfile.ZipFile(buf) as z, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for info in z.infolist():
            data = z.read(info.filename)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-05T08:00:00Z", data)
            item = zipfile.ZipInfo(info.filename, (2026, 1, 5, 8, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(item, data)


def expect(header_row, rows, people, problems=(), **more):
    return dict(
        header_row=header_row,
        rows_saved=len(people),
        people=people,
        people_rows=rows,
        problem_rows=[{"row": r, "field": f} for r, f in problems],
        **more,
    )


def save_expected(path, data):
    """One person a line, for readable differences."""

    def dump(part, pad):
        lines = []
        for k, v in part.items():
            if k in ("people", "people_table") and v:
                body = (",\n" + pad + "  ").join(json.dumps(x, ensure_ascii=False) for x in v)
                lines.append(f'{pad}"{k}": [\n{pad}  {body}\n{pad}]')
            else:
                lines.append(f'{pad}"{k}": {json.dumps(v, ensure_ascii=False)}')
        return "{\n" + ",\n".join(lines) + "\n" + pad[:-2] + "}"

    if "parts" in data:
        text = '{\n  "parts": [\n    ' + ",\n    ".join(dump(p, " " * 6) for p in data["parts"]) + "\n  ]\n}"
    else:
        text = dump(data, "  ")
    json.loads(text)
    path.write_text(text + "\n", encoding="utf-8")
