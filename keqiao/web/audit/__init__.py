"""Event chains: what happened, who did it, in what role, when and why. Written through ``log`` only."""
