"""Processes that are killed, frozen and cut off, while people type."""
