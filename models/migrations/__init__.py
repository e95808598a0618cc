"""The number of the tables' present form, kept in the file as `user_version`, and the steps that lead to it.

To change the tables: change them where they are declared, raise SCHEMA, run `python -m models.migrations.draft` and put
what it prints into a new file in `versions/`. A step never imports tables from `models`: those will have moved on.
"""

SCHEMA = 3
