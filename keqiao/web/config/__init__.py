"""Settings, root addresses, and the engine room: database, server and worker."""
