"""The parts of the proof ``wal``: what SQLite is put through, in the shipped processes and back end."""
