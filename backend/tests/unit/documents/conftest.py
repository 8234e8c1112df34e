"""How many stories Hypothesis tells: many in a test run, far more on request."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=10_000)
