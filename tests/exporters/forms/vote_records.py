"""Filled records of the papers of votes and elections."""

from datetime import date

from models.ledgers.life.election_page import CandidateLine
from models.ledgers.life.life_meeting_papers import OpinionRecord, ReviewRecord
from models.ledgers.life.vote_papers import BallotRecord, CountRecord, NominationRecord, Nominee, VoteSheetRecord
from models.ledgers.life.votes import VoteRow

UNIT = "中共××局机关第一支部委员会"
DAY = date(2026, 11, 23)
BODY = "第一党支部委员会委员"
NAMES = ("王建国", "刘洋", "张红卫", "周丽萍")
BALLOT = BallotRecord(UNIT, BODY, DAY, 3, "差额选举", NAMES, 2)
_REASON = (
    "有选举权的应到 15 人，到会 13 人，达到五分之四；发出选票 13 张，收回 13 张，有效；"
    "赞成票超过到会人数的一半（7 票以上）才能当选。应选 3 名，当选 3 名：王建国、张红卫、周丽萍。"
)
COUNT = CountRecord(
    UNIT, BODY, DAY, "三楼会议室", 3, "差额选举", 15, 13, 13, 13, 1,
    (
        CandidateLine(1, "王建国", True, 4, None, 12, 0, 0, 0, "当选"),
        CandidateLine(2, "刘洋", True, 6, None, 4, 7, 1, 0, "未当选"),
        CandidateLine(3, "张红卫", True, 7, None, 11, 1, 0, 0, "当选"),
        CandidateLine(4, "周丽萍", True, 8, None, 9, 2, 0, 1, "当选"),
        CandidateLine(5, "龚文博", False, 11, None, 1, 0, 0, 0, "未当选"),
    ),
    _REASON, "郑卫东", "赵䶮、冯昱",
)  # fmt: skip
NOMINATION = NominationRecord(UNIT, BODY, "张红卫", DAY, (
    Nominee("王建国", "男", "汉族", "青原省白石县", "大学/学士", None, "1964-02", "1990-07", "1985-08", "四级调研员",
            "同意"),
    Nominee("刘洋", "男", "汉族", "云泽省南渡市", "研究生/硕士", "工程师", "1985-05-06", "2010-07-01", "2010-07",
            "综合科一级主任科员", "公道正派，熟悉支部工作"),
))  # fmt: skip
VOTES = VoteSheetRecord(UNIT, DAY, "三楼会议室", (
    VoteRow(1, 1, DAY, "支部党员大会", "第一党支部", "同意接收程一帆同志为预备党员", "接收、转正", "无记名投票",
            "程一帆", 15, 13, 12, 0, 1, 1, 0, "通过", "", "工作踏实", DAY, None),
    VoteRow(2, 1, DAY, "支部党员大会", "第一党支部", "同意刘洋同志按期转正", "接收、转正", "无记名投票", "刘洋",
            15, 13, 7, 5, 1, 0, 0, "未通过", "", None, DAY, None),
))  # fmt: skip
OPINIONS = OpinionRecord(UNIT, 2026, "严守纪律，为民服务", "周丽萍")
REVIEWS = ReviewRecord(UNIT, 2026, DAY, (("张红卫", "书记"), ("刘洋", "党员")), "周丽萍")
VOTE_PAPERS = {
    "life_ballot": BALLOT,
    "life_count_sheet": COUNT,
    "life_nominations": NOMINATION,
    "life_vote_sheet": VOTES,
    "life_opinion_sheet": OPINIONS,
    "life_review_list": REVIEWS,
}
# Of nine records: how often they name 刘洋 where it is not nine times.
VOTE_TIMES = {"life_ballot": 18, "life_opinion_sheet": 0, "life_vote_sheet": 18}
