"""Plan what an engine is asked, and in which order hits come."""
