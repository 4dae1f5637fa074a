"""A definition as drawings: money, bundles, chains of endorsement, days."""
