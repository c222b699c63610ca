"""What programs send and read of organisations. Values are checked by the transitions."""

from collections.abc import Mapping
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from certbody.clients.columns import INCIDENTS, LICENCES, MANAGERS, SITES
from certbody.clients.differences import told
from certbody.clients.models import Client, Incident, Licence, ServiceManager, Site
from certbody.clients.rows import ROWS_AT_MOST
from certbody.clients.transitions.register import NAMES

Text = Annotated[str, StringConstraints(max_length=400)]
Whole = Annotated[int, Field(ge=1, le=10_000_000)]
Count = Annotated[int, Field(ge=0, le=999_999_999)]
Day = Annotated[Text, Field(description="such as 2027-06-30")]
Seen = Annotated[
    int | None, Field(description="the revision that was seen; another one is refused")
]


class ParticularsIn(Schema):
    """What is known of an organisation itself."""

    credit_code: Text
    name: Text
    address: Text
    legal_representative: Text
    contact: Text
    phone: Text
    email: Text
    people: Whole
    region: Text = Field("", description="GB/T 2260; blank is that of the credit code")
    name_en: Text = ""
    postcode: Text = ""
    industry: Text = Field("", description="GB/T 4754, such as F5272")


class NoteOut(Schema):
    """Something that people should know although nothing is refused."""

    code: str
    message: str


class OrganisationOut(ParticularsIn):
    """An organisation."""

    id: int
    revision: int


class WrittenOut(OrganisationOut):
    """An organisation that was registered or changed, with what is unusual about it."""

    notes: list[NoteOut]


class OrganisationsOut(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: int | None


class _RowIn(Schema):
    """A row of a list; a name that is not one of its columns is a fault."""

    model_config = ConfigDict(extra="forbid")


class SiteIn(_RowIn):
    """A service site; a number says which of those there are already."""

    number: Count | None = None
    name: Text
    address: Text
    service_content: Text
    kind: Text = Field("own", description="own, franchise or subsidiary")
    head_office: bool = False
    people: Count | None = None
    opening_hours: Text = Field(
        "", description="such as Mon-Fri 09:00-18:00; Sat 10:00-16:00; read back in Chinese"
    )


class LicenceIn(_RowIn):
    """A licence: it ends on a day, or says that it does not, or is not held."""

    name: Text
    number: Text = ""
    held: bool = True
    no_end: bool = False
    valid_until: Day | None = None


class IncidentIn(_RowIn):
    """An accident, an offence or a penalty."""

    kind: Text = Field(description="quality, environment, safety, offence or penalty")
    date: Day
    what: Text
    major: bool
    closed: bool


class ManagerIn(_RowIn):
    """A certified service manager."""

    name: Text
    certificate_number: Text
    valid_until: Day


class SitesIn(Schema):
    """Sites that take the place of those there are."""

    rows: list[SiteIn] = Field(max_length=ROWS_AT_MOST)
    seen: Seen = None


class LicencesIn(Schema):
    """Licences that take the place of those there are."""

    rows: list[LicenceIn] = Field(max_length=ROWS_AT_MOST)
    seen: Seen = None


class IncidentsIn(Schema):
    """Incidents that take the place of those there are."""

    rows: list[IncidentIn] = Field(max_length=ROWS_AT_MOST)
    seen: Seen = None


class ManagersIn(Schema):
    """Service managers who take the place of those there are."""

    rows: list[ManagerIn] = Field(max_length=ROWS_AT_MOST)
    seen: Seen = None


class CountOut(Schema):
    """How many rows there are now, and the organisation's revision."""

    number: int
    revision: int


class SheetOut(CountOut):
    """What a sheet changes, or has changed: how many sites, and which are closed."""

    dry_run: bool
    added: int
    changed: int
    same: int
    closed: list[str]


class ListsOut(Schema):
    """The lists of an organisation as they stand."""

    sites: list[SiteIn]
    licences: list[LicenceIn]
    incidents: list[IncidentIn]
    managers: list[ManagerIn]


class OrganisationWithListsOut(OrganisationOut, ListsOut):
    """An organisation with its lists."""


def organisation_told(client: Client) -> dict[str, Any]:
    """Return an organisation as plain data."""
    return {"id": client.pk, "revision": client.revision} | {
        name: getattr(client, name) for name in NAMES
    }


def lists_told(client: Client) -> Mapping[str, list[dict[str, Any]]]:
    """Return the lists of an organisation as plain data, without what was taken off them."""
    own = {"client": client, "removed_on__isnull": True}
    sites = Site.objects.filter(client=client, closed_on__isnull=True)
    return {
        "sites": [told(one, SITES) for one in sites],
        "licences": [told(one, LICENCES) for one in Licence.objects.filter(**own)],
        "incidents": [told(one, INCIDENTS) for one in Incident.objects.filter(**own)],
        "managers": [told(one, MANAGERS) for one in ServiceManager.objects.filter(**own)],
    }
