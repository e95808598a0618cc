"""The steps, one file each; the number that begins its name is the schema that it leads to."""
