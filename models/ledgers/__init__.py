"""What is shown of the records: queries and declarations, one file a chapter; `catalogue` lists the ledgers."""
