"""The reading child: a process of its own, with limits of time and memory, in which foreign files are parsed.

It must start fast and hold little: nothing here imports SQLAlchemy, Qt or dataclasses.
"""
