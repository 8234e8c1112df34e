"""The incident, its people, and who may see it."""
