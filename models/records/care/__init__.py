"""Care and relief: the tables of cases, rounds, visits, donations, pairings, and the verbs that change them."""
