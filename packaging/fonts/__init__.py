"""How the fonts of resources/fonts are built: `cd packaging && python -m fonts.build`."""
