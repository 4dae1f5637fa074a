"""What was done for a project, recorded once with its evidence, and verified by a second person."""
