"""Organisations, people, their ties, associations with offices, and regions. Periods, not flags."""
