"""What the trail calls visits and the matters of 急难愁盼; how a household was found it does not tell."""

from collections.abc import Mapping

from models.kinds import DAY, TEXT, Kind
from models.ledgers.care.concerns import CONCERN_COLUMNS
from models.ledgers.care.visits import VISIT_COLUMNS

TABLES: Mapping[str, str] = {
    "care_visits": "走访",
    "care_visit_texts": "走访情况",
    "care_concerns": "急难愁盼事项",
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, Kind]]] = {
    "care_visits": {
        "branch_id": ("党支部", TEXT),
        "name": ("走访对象", TEXT),
        **{column.key: (column.title, DAY if column.kind is DAY else TEXT) for column in VISIT_COLUMNS},
    },
    "care_visit_texts": {},
    "care_concerns": {
        "branch_id": ("党支部", TEXT),
        **{column.key: (column.title, DAY if column.kind is DAY else TEXT) for column in CONCERN_COLUMNS},
    },
}
