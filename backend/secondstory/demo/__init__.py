"""The example incident."""
