"""Dues: the collection day, assessments, arrears and the money handed up."""
