"""Cut bytes into records, whatever is damaged between them."""
