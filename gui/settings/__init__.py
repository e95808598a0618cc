"""What is set for the program and for a data file."""
