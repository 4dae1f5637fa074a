"""What the proof of the whole life cycle runs in processes of its own."""
