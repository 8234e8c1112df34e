"""The branching graph of whys."""
