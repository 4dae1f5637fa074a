"""The way of an application through those who endorse it: stages, whose turn it is, quota, order, what a list lacks."""
