"""Papers on screen, on the printer, in files; scans of papers."""
