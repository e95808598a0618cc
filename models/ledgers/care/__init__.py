"""Care and relief: what is shown of cases, rounds, visits, donations, pairings, as declarations and their queries."""
