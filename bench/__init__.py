"""Second Story measured beside bare handlers, in one run: `make bench`."""
