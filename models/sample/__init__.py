"""The invented branch, built through the program's own verbs."""
