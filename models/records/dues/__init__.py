"""Dues: the tables of assessments, months, payments, money handed up, and the verbs that change them."""
