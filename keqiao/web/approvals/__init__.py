"""A second person: an act is frozen with its difference, and somebody else decides whether it is done."""
