"""Keep which record cites which, and resolve these references within an index."""
