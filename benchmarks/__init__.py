"""How fast the program is, each piece of work measured beside the least that it could cost: python -m benchmarks."""
