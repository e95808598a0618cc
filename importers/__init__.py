"""What comes in: workbooks, old spreadsheets and text files, read with care and matched to a ledger's columns."""
