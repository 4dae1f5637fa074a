"""How far targets are reached by what was recorded, and what stood at the end of a project."""
