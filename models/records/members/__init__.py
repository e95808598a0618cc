"""Members: the tables of the roster, the organisation, facts over time, and the verbs that change them."""
