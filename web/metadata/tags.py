"""List the functions of this room that templates call."""

from web.metadata.coins import write_coins
from web.metadata.preview import list_preview_tags, write_description
from web.metadata.scholar import list_scholar_tags
from web.metadata.structured import describe_article, write_json_ld

METADATA_FUNCTIONS = {
    function.__name__: function
    for function in (
        describe_article,
        list_preview_tags,
        list_scholar_tags,
        write_coins,
        write_description,
        write_json_ld,
    )
}
"""The functions by their names."""
