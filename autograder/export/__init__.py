"""Export the gradebook for an LMS."""
