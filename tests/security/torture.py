"""Two hundred texts that programs stumble over, for every door through which text comes in and goes out."""

from itertools import product

MARKS = "=+-@＝＋－＠\t\r\n"
PAYLOADS = ("1+1", "cmd|'/C calc'!A0", 'HYPERLINK("http://example.invalid","点击")', "SUM(A1:A9)")
FORMULAS = (
    *(mark + payload for mark, payload in product(MARKS, PAYLOADS)),
    " =1+1", "　=1+1", "\u200b=1+1", "\ufeff=1+1", "\u2060+1+1", "'=1+1", "''=1+1", "'＝1+1", '="0012"',
    "=", "@", "-",
    '=WEBSERVICE("http://example.invalid")', "=DDE(\"cmd\";\"/C calc\";\"x\")", "{=1+1}", "#N/A", "#REF!",
    "_x003D_1+1",
)  # fmt: skip
CONTROLS = (
    "a\x00b", "\x00", "\x0b\x1f\x7f", "a\x08b", "\x1b[31m红", "\ud800x", "x\udfff", "\udc80张",
    "\ufffe\uffff", "\x85行",
    "_x000D_", "_x005F_x000D_", "_xD83D_", "_x0000_", "\u2028行\u2029段",
)  # fmt: skip
MARKED = (
    "\u202e张三\u200d", "\u202d党员\u202c", "\u2066甲\u2069", "\u200f\u200e", "مرحبا بالعالم", "שלום 支部",
    "e\u0301",
    "\u0301",
    "Z\u0351\u036b\u0343\u036a", "が", "ﾊﾟ", "①②③", "ﬁ", "㎏", "👨‍👩‍👧", "🇨🇳", "👍🏽", "☭", "𝒜𝓫𝔠", "🀄" * 300,
    "\ue000",
    "\U000f0000",
    "䶮㛃𬎆𫖯𬱖𠅤𪻐", "\U0002f800\U0003134a", "\U00031350", "〇", "·", "•", "阿依古丽·买买提", "I\u0130ı", "ẞß", "ǅ",
)  # fmt: skip
SPACES = (
    " 前后有空 ", "\t", "　", "\xa0", "一行\n二行", "一行\r\n二行\r\n三行", "一\r二",
    "a\tb\tc", "\n\n\n", "甲　乙", "a  b",
    "\u3000\u3000段落", "末尾换行\n",
)  # fmt: skip
QUOTED = (
    "a<b&c>\"d'", '<img src="file:///etc/passwd">',
    '<a href="http://example.invalid">点</a>', "<b>粗", "</para>",
    "<br/>",
    "&lt;&amp;&#0;", "<!DOCTYPE x>", "<![CDATA[x]]>", "]]>", "<?xml?>", "<script>alert(1)</script>", '"', "'",
    '""', "''",
    '","', '";"', "a,b;c|d", "sep=;", '="', '"=1+1"', "\\", "\\n", "\\0", "“引号”", "‘单’", "`", "$(id)",
    "; rm -rf /", "%USERPROFILE%",
)  # fmt: skip
QUERIES = (
    "';--", "' OR 1=1 --", "1; DROP TABLE members", '" OR ""="', "%", "_", "%_%", "\\%", "[a-z]*", "张%",
    "*", "?",
    "NEAR(a b)",
    "NULL", "null", "nan", "true", "0x00", "1e400", "-0", "1.10101E+17", "12345678901234567890", "１２３",
)  # fmt: skip
SHAPES = (
    "{}", "{0}", "{unit}", "{", "%s%(x)s", "%d%n", "${x}", "{{x}}", "【应到】", "CON", "NUL.txt",
    "../../etc/passwd",
    "C:\\Windows", "a.txt:流", "file:///etc/passwd",
    "http://example.invalid", "不详", "无", "——", "同上", "合计", "小计",
    "姓名", "编号",
)  # fmt: skip
LONG = ("字" * 40_000, "a" * 32_767, "a" * 32_768, "字" * 5_000, "长 " * 4_000, "𠅤" * 16_400, "a" * 300 + "\n" * 50)
TEXTS = (*FORMULAS, *CONTROLS, *MARKED, *SPACES, *QUOTED, *QUERIES, *SHAPES, *LONG)
