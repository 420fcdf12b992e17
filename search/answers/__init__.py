"""Turn a request into results."""
