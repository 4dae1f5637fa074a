"""The acts of the room; each is one transaction and one event."""
