"""What happened to what, by whom: the audit trail, live feed and outbox in one record."""
