"""What ``forms`` compares: the applications, how both sides are measured, and the peers' ways."""
