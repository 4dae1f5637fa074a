"""May we? Rules of a call against dated facts: passes, fails, or needs a person; always with the clause."""
