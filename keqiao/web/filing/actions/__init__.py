"""Acts of the room, each in one transaction with its event."""
