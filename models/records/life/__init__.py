"""Organisation life: the tables of activities, minutes, votes, study, appraisal, and the verbs that change them."""
