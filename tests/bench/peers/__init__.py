"""Search engines and libraries measured beside this program, each in a process of its own."""
