"""Organisation life: what is shown of activities, minutes, votes, study, appraisal: declarations, their queries."""
