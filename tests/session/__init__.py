"""A working life at the screen in one process: thousands of a secretary's operations, and what the process grew by."""
