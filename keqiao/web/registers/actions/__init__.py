"""Write the registers. One act, one transaction, one event; nothing is ever deleted."""
