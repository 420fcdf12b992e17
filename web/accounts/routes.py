"""List the modules of the pages of accounts; importing them adds their addresses."""

from web.accounts import account_page, claim_page, mail_page, messages_page, sign_in_page
from web.accounts.blueprint import accounts

MODULES = (account_page, claim_page, mail_page, messages_page, sign_in_page)
"""Every module that serves addresses."""

__all__ = ["MODULES", "accounts"]
