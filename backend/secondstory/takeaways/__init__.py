"""What we learned and what we recommend."""
