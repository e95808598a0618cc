import pytest

from models.ledgers.phrases import listed


@pytest.mark.parametrize(
    ("names", "given", "said"),
    [
        ([], {}, ""),
        (["张三"], {}, "张三"),
        (["张三", "李四", "王五", "赵六"], {}, "张三、李四、王五、赵六"),
        (["张三", "李四", "王五", "赵六", "钱七"], {}, "张三、李四、王五、赵六等 5 人"),
        (["1月", "2月", "3月"], {"at_most": 2, "counted": "个月"}, "1月、2月等 3 个月"),
    ],
)
def test_names_are_told_as_far_as_a_sentence_takes_them(names, given, said):
    assert listed(names, **given) == said
