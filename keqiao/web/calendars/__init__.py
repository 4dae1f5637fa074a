"""Working calendars: local days off or worked, announced years, and a calculator that shows how it counts."""
