"""The number of the tables' present form, kept in the file as `user_version`, and the steps that lead to it."""

SCHEMA = 1
