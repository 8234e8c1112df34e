"""Second Story: blameless postmortems, from the pager alert to the published review."""
