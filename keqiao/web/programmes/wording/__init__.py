"""What a definition states, in words for people, in both languages."""
