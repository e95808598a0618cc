"""Dues: what is shown of assessments, months, payments, money handed up, as declarations and their queries."""
