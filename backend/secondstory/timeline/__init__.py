"""The events of an incident: what we did, what we saw, what we understood."""
