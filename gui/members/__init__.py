"""The roster, the page of a member, the organisation."""
