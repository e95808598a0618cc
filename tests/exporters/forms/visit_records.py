"""An invented visit for the tests of papers."""

from datetime import date

from models.ledgers.care.visit_papers import VisitRecord

VISIT = VisitRecord(
    unit="第一党支部", name="钱永年", occasion="春节", on=date(2026, 2, 6), visitors="张红卫、刘洋",
    situation="老两口同住，行动不便，儿女在外地。\n家里供暖正常。", needs="希望有人陪同就医取药。",
    promises="支部安排党员轮流陪同。", followup="排出陪同取药的班次", followup_on=date(2026, 2, 28),
    result="五名党员轮流，每月两次。", done_on=date(2026, 2, 20),
)  # fmt: skip
