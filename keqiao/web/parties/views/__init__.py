"""Pages of the room: a file for each thing shown."""
