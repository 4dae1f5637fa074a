"""What ``papers_of_rooms`` does in a process of its own, what it measures, and the faults planted in it."""
