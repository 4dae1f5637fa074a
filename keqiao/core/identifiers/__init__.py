"""Numbers that name: credit codes, identity numbers, region codes."""
