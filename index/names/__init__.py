"""Parse and format author names, and list the phrases that find them."""
