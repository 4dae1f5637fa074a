"""A consistent copy of database and stored files in one folder, and the way back."""
