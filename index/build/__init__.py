"""Run builds, updates and removals."""
