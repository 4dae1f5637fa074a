"""What the proof of the outbox runs in processes of its own."""
