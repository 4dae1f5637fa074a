"""Which expert judges what: a balanced proposal that never crosses a conflict and says what cannot be filled."""
