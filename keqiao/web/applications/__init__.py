"""Applications: drafts, forms filled on the web and in Word, submission and its receipt."""
