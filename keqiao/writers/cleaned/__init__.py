"""Files without what they tell of whoever made them: names, programs, places and times of pictures."""

from keqiao.writers.cleaned.cleaning import NotCleaned, can_be_cleaned, cleaned

__all__ = ["NotCleaned", "can_be_cleaned", "cleaned"]
