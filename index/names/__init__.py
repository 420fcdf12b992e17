"""Read, show and key author names, and list the forms they are found under."""
