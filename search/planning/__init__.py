"""Turn a query tree into a plan that any engine can run."""
