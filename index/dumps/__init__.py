"""Turn a named dump into plain byte streams."""
