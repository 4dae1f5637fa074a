"""Organisations, people, the ties between them, associations with their offices, and regions. Periods, not flags."""
