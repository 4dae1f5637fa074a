"""Forms at work: what a form asks in one category, what was answered, what is wrong with it, what moves and merges."""
