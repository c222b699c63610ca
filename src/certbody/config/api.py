"""The API, assembled: each app has its endpoints, here they come together."""

from certbody.accounts.api import router as accounts
from certbody.api.addresses import Addresses, addresses
from certbody.api.assembly import new_api
from certbody.application.api import router as application
from certbody.cases.api import router as cases
from certbody.cases.clients_api import router as clients_read
from certbody.clients.api import router as clients
from certbody.evaluation.api import router as evaluation
from certbody.files.api import router as files
from certbody.notices.api import router as notices
from certbody.office.api import router as records
from certbody.personnel.api import router as personnel
from certbody.planning.api import router as planning
from certbody.rulebooks.api import router as rulebooks

TAGS = {
    "rulebooks": "Which rulebooks there are, and the answers they give with steps and clauses.",
    "accounts": "Accounts, the roles they have been granted, tokens.",
    "personnel": "The body's people: what they hold and undertake, what bars them.",
    "organisations": "The organisations that the account acts for, and their lists.",
    "clients": "The clients of the body, for its staff.",
    "cases": "Cases: where they stand, what happened in them.",
    "applications": "From the first form to the signed contract.",
    "audits": "How an audit is planned, what is found in it, and what it comes to.",
    "files": "Files that were handed in or made, byte for byte.",
    "letters": "What the body sends its clients.",
    "records": "The event log as a whole.",
}
api = new_api(TAGS)
for router in (
    rulebooks,
    accounts,
    personnel,
    clients,
    clients_read,
    cases,
    application,
    planning,
    evaluation,
    files,
    notices,
    records,
):
    api.add_router("", router)


def api_urls() -> Addresses:
    """Return the addresses of the API."""
    return addresses(api)
