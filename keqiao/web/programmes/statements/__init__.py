"""What a statement of a definition is made of, in which order people are asked, and how it is said in words."""
