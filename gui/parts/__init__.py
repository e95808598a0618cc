"""Building blocks of the pages: fields, forms, tables, choosers."""
