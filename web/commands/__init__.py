"""Define the commands of `papers`."""
