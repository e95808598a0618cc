"""An invented talk for the tests of papers."""

from datetime import date

from models.ledgers.life.talk_papers import TalkRecord

TALK = TalkRecord(
    "第一党支部", "谈心谈话", date(2026, 11, 10), "15:00", "书记办公室", "张红卫", "刘洋",
    "近期手头工作多，情绪平稳。\n希望学习安排提前一周通知。", "学习安排提前一周发到群里。",
)  # fmt: skip
