"""Ledgers as tables and papers: chapters, local columns, charts, what is sent up."""
