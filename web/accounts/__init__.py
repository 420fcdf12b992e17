"""Signs people in, and keeps what they claim until the maintainer decides."""
