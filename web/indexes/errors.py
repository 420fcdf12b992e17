"""Define the failure of a server with several indexes; `index.errors` draws the tree of all."""

from index.errors import IndexUnusable


class IndexLeftOut(IndexUnusable):
    """One of several indexes cannot be used; pages do not say where it is on the disk."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The index '{name}' cannot be used at the moment. Try again later, or search the "
            "others; the server's log says why."
        )
