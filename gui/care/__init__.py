"""Care and relief: cases, festival rounds, visits, donations, pairings."""
