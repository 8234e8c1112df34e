"""The whole postmortem as one text."""
