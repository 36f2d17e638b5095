"""Collect a class's submissions from the zip that an LMS gives out."""
