"""The security administrator's work: who has an account, who holds which role, what should be looked at."""
