"""Shared editing measured beside Hocuspocus, in one run: `python -m bench.collaboration`."""
