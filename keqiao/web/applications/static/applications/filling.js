// Placeholder of the first slice: the page works without scripts.
