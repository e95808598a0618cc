"""Writing sheets out: workbooks, pages, comma-separated files, and the papers with a shape of their own."""
