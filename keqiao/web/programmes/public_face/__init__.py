"""What the public looks for: rows of what is offered, and how they are searched."""
