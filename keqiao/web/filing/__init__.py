"""What reaches an office on paper: signature pages and their pictures."""
