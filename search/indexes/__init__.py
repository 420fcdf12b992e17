"""Search several indexes as one."""
