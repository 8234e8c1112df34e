"""Follow-up items."""
