"""Organisation life: the year, plans, records of meetings, study, appraisal."""
