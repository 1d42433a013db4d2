"""Which Rostra this is. A test compares it with pyproject.toml."""

ROSTRA = "0.1.0"
