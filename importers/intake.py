"""Taking a match into the data file, and the report of what became of every row."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from importers.matching import Match, Problem, Row, Skipped
from importers.reader import Progress, none_wanted
from models.ledger import Ledger, Outcome, Session, View
from models.stopping import stoppable


@dataclass(frozen=True)
class Report:
    """What an import did, or would do: the match, what became of each sound row, and every problem.

    `problems` are those of the match and those that saving found; `outcomes` pairs each sound row with its fate.
    """

    match: Match
    outcomes: tuple[tuple[Row, Outcome], ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many rows were added, updated, unchanged and refused."""
        return Counter(outcome.kind for _, outcome in self.outcomes)

    def as_json(self) -> dict[str, Any]:
        """The document of `import --json` (commands.md)."""
        counts, match = self.counts, self.match
        several = len(match.sheets) > 1

        def said(each: Problem | Skipped) -> str:
            return f"工作表“{each.sheet}”：{each.why}" if several else each.why

        return {
            "sheet": match.sheets[0],
            "header_row": match.header_row,
            "mapping": dict(match.mapping),
            "unmapped": list(match.unmapped),
            "rows_read": match.rows_read,
            "added": counts["added"],
            "updated": counts["updated"],
            "unchanged": counts["unchanged"],
            "skipped": [{"row": each.row, "why": said(each)} for each in match.skipped],
            "problems": [
                {"row": each.row, "field": each.field, "value": each.value, "why": said(each)} for each in self.problems
            ],
        }


def save(session: Session, ledger: Ledger, match: Match, view: View, progress: Progress = none_wanted) -> Report:
    """Hands the sound rows to the ledger's own action within the caller's transaction.

    A preview is the same within a transaction that the caller rolls back. A row that the action refuses becomes a
    problem among the others. `progress` is called again and again with (0, 0): what it raises stops the action, and
    the caller rolls back. UserError where the action refuses everything; TypeError where there is no action.
    """
    if ledger.save is None:
        raise TypeError(f"{ledger.name} cannot be imported")
    with stoppable(session, lambda: progress(0, 0)):
        outcomes = ledger.save(session, [row.values for row in match.rows], view)
    fates = tuple(zip(match.rows, outcomes, strict=True))
    problems = [*match.problems, *(_problem(ledger, row, fate) for row, fate in fates if fate.kind == "refused")]
    problems.sort(key=lambda each: (match.sheets.index(each.sheet), each.row))
    return Report(match, fates, tuple(problems))


def _problem(ledger: Ledger, row: Row, fate: Outcome) -> Problem:
    refused = [column for column in ledger.columns if column.key == fate.field]
    value = refused[0].kind.show(row.values.get(refused[0].key)) if refused else ""
    return Problem(row.number, fate.field, value, fate.why or "", row.sheet)
