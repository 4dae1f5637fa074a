"""May we? The rules of open calls against the registers, before anything is typed."""
