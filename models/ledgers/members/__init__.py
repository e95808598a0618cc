"""Members: what is shown of the roster, the organisation, facts over time, as declarations and their queries."""
