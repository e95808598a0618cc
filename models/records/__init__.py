"""What is kept: tables and the verbs that change them, one file a chapter."""
