"""What the proof of chains runs in processes of its own."""
