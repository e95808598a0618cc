"""Hours of service as a kind of value."""

from decimal import Decimal

from models.kinds import Raw, tidy
from models.ledgers.life.hours import Hours


class ServiceHours(Hours):
    """Hours of service, read as 2, 1.5小时, 90分钟 or 半天."""

    def read(self, raw: Raw) -> Decimal | None:
        try:
            return super().read(raw)
        except ValueError:
            raise ValueError(f"“{tidy(raw)[:20]}”不是时长，请写小时数，如 2 或者 1.5。") from None


SERVICE_HOURS = ServiceHours()
