"""First run: the one-time link, the first administrator, the example."""
