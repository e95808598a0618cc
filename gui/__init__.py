"""The window: a skin over models and exporters, without rules and without SQL."""
