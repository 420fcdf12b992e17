"""Sample records of repositories that run on InvenioRDM, in both forms."""

from tests.support.answer_records import Record

INVENIO: Record = {
    "id": "a1b2c-3d4e5",
    "created": "2021-05-01T00:00:00+00:00",
    "updated": "2022-01-02T03:04:05+00:00",
    "links": {"self": "https://a.org/api/records/a1b2c-3d4e5",
              "self_html": "https://a.org/records/a1b2c-3d4e5"},
    "revision_id": 4,
    "parent": {"id": "z9y8x-7w6v5", "communities": {"entries": [
        {"id": "c1", "slug": "walks", "revision_id": 2, "metadata": {"title": "Walkers"}}]}},
    "versions": {"is_latest": True, "index": 1},
    "is_published": True,
    "pids": {"doi": {"identifier": "10.1000/Inv.1", "provider": "datacite"}},
    "metadata": {
        "resource_type": {"id": "publication-article", "title": {"en": "Journal article"}},
        "creators": [
            {"person_or_org": {
                "type": "personal", "name": "Lee, Ann B.", "given_name": "Ann B.",
                "family_name": "Lee",
                "identifiers": [{"identifier": "0000-0002-1825-0097", "scheme": "orcid"}]},
             "affiliations": [{"id": "05a28rw58", "name": "ETH Zurich"}]},
            {"person_or_org": {"type": "organizational", "name": "Walkers, Bern"}}],
        "contributors": [
            {"person_or_org": {"type": "personal", "name": "Do, Cy"}, "role": {"id": "editor"}}],
        "title": "Walking in a <i>Repository</i>",
        "additional_titles": [{"title": "A Study", "type": {"id": "subtitle"}}],
        "publisher": "Made-up Archive",
        "publication_date": "2021-03-04",
        "subjects": [{"subject": "walks"}, {"id": "x", "subject": "Mathematics"}],
        "languages": [{"id": "eng", "title": {"en": "English"}}],
        "identifiers": [{"identifier": "arXiv:2101.00051", "scheme": "arxiv"}],
        "description": "<p>We <b>walk</b>.</p>",
    },
    "custom_fields": {
        "journal:journal": {"title": "Walk Letters", "volume": "7", "issue": "2",
                            "pages": "11-19"},
        "code:programmingLanguage": [{"id": "python"}]},
    "access": {"record": "public", "files": "public"},
    "files": {"enabled": True, "entries": {"walk.pdf": {"key": "walk.pdf"}}},
    "status": "published",
    "stats": {"all_versions": {"views": 2}},
}  # fmt: skip

ZENODO: Record = {
    "created": "2021-05-01T00:00:00+00:00",
    "modified": "2022-01-02T03:04:05+00:00",
    "id": 4100052,
    "conceptrecid": "4100051",
    "doi": "10.5281/zenodo.4100052",
    "conceptdoi": "10.5281/zenodo.4100051",
    "metadata": {
        "title": "Walking to a Meeting",
        "doi": "10.5281/zenodo.4100052",
        "publication_date": "2021-03-04",
        "description": "<p>We walk.</p>",
        "access_right": "open",
        "creators": [
            {"name": "Lee, Ann B.", "affiliation": "ETH Zurich", "orcid": "0000-0002-1825-0097"},
            {"name": "Li, Bo", "affiliation": None}],
        "contributors": [{"name": "Do, Cy", "type": "Editor"}],
        "keywords": ["walks"],
        "subjects": [{"term": "Mathematics", "identifier": "x"}],
        "language": "eng",
        "resource_type": {"title": "Poster", "type": "poster"},
        "meeting": {"title": "Walking Days", "acronym": "WD", "place": "Bern"},
        "alternate_identifiers": [{"identifier": "arXiv:2101.00052", "scheme": "arxiv"}],
        "license": {"id": "cc-by-4.0"},
        "relations": {"version": [{"index": 0, "is_last": True}]},
    },
    "title": "Walking to a Meeting",
    "links": {"self": "https://zenodo.org/api/records/4100052",
              "self_html": "https://zenodo.org/records/4100052"},
    "updated": "2022-01-02T03:04:05+00:00",
    "recid": "4100052",
    "revision": 3,
    "files": [{"id": "f1", "key": "walk.pdf", "size": 1,
               "links": {"self": "https://zenodo.org/api/records/4100052/files/walk.pdf/content"}}],
    "owners": [{"id": "1"}],
    "status": "published",
    "stats": {"views": 2},
}  # fmt: skip

DEPOSIT: Record = {
    "id": 4100053,
    "doi": "10.5281/zenodo.4100053",
    "owner": 1,
    "record_id": 4100053,
    "modified": "2022-01-02T03:04:05+00:00",
    "links": {"html": "https://zenodo.org/deposit/4100053"},
    "metadata": {
        "title": "Walking to a Journal",
        "upload_type": "publication",
        "publication_type": "article",
        "publication_date": "2021-03",
        "access_right": "open",
        "creators": [{"name": "Lee, Ann"}],
        "journal_title": "Walk Letters",
        "journal_volume": "7",
        "journal_issue": "2",
        "journal_pages": "11-19",
    },
}
