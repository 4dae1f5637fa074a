"""What ``season`` does in processes of its own."""
