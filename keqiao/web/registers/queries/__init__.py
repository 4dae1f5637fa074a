"""Read the registers: for rules (``records``), for their keepers (``lines``), for everybody (``look_up``)."""
