"""Public notices (公示), objections to them, and the list of what was awarded."""
