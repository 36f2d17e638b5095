"""Grade a whole class: in parallel, on a cluster if there is one, and nothing gets lost."""
