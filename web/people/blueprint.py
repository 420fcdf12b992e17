"""Hold the blueprint of the pages about people."""

from flask import Blueprint

people = Blueprint("people", __name__)
"""Every module of a page adds its addresses to it; `web.people.routes` imports them all."""
