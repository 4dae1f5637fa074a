"""Personal data: what is kept for what purpose and how long, encrypted, masked, revealed with a reason."""
