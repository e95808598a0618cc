"""Bringing in rosters, registers and ledgers from files and from the clipboard."""
