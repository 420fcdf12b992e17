"""List the functions of this room that templates call."""

from web.metadata.coins import write_coins
from web.metadata.people import (
    describe_name_page,
    list_name_preview_tags,
    list_person_addresses,
    summarise_name_page,
)
from web.metadata.preview import list_preview_tags, write_description
from web.metadata.scholar import list_scholar_tags
from web.metadata.structured import describe_article, write_json_ld

METADATA_FUNCTIONS = {
    function.__name__: function
    for function in (
        describe_article,
        describe_name_page,
        list_name_preview_tags,
        list_person_addresses,
        list_preview_tags,
        list_scholar_tags,
        summarise_name_page,
        write_coins,
        write_description,
        write_json_ld,
    )
}
"""The functions by their names."""
