"""Join the author keys under which one name is printed with and without middle initials."""

from functools import lru_cache

from index.names.parser import strip_homonym_number


@lru_cache(1 << 14)  # a slice of a long career has a thousand keys
def reduce_key(key: str) -> str:
    """Return an author key without dblp's homonym number and without middle initials.

    ``geoffrey e hinton`` becomes ``geoffrey hinton``, ``g e hinton`` stays: a first initial may
    stand for many names. The result is the key of a node, which the core of a name that
    `search.authors.core_names` finds is not: two people of one initial have the same core.
    """
    first, *others = strip_homonym_number(key).split(" ")
    if len(first) == 1 or not others:
        return " ".join((first, *others))
    return " ".join((first, *(word for word in others[:-1] if len(word) > 1), others[-1]))
