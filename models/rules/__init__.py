"""Rules as arithmetic: dates, amounts and dated scales in; amounts, days and verdicts out (standard library only)."""
