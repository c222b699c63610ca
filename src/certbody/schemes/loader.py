"""Loading an edition: files, readings, shapes, and references between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from certbody.rules.criteria import CriteriaSet
from certbody.schemes.faults import Fault, Faults
from certbody.schemes.readings import Chosen, choices_of, faults_in, names_in, resolved
from certbody.schemes.references import reference_faults
from certbody.schemes.shapes import Edition, Reading, SchemeInfo, Subject
from certbody.schemes.validation import shaped
from certbody.schemes.yaml_files import File, read_file

FILES_AT_MOST = 200
_AROUND_READINGS = {"subject", "zh", "en", "readings"}  # the rest may depend on what they say


@dataclass(frozen=True, slots=True)
class Variant:
    """The edition under one choice of readings; ``unresolved`` names those left open."""

    unresolved: Mapping[str, str]
    edition: Edition


@dataclass(frozen=True, slots=True)
class Rulebook:
    """An edition as loaded: its files, and one variant unless readings are unresolved."""

    path: Path
    files: Mapping[str, File]
    variants: tuple[Variant, ...]
    rests_on: Mapping[str, frozenset[str]]  # file: the readings its values depend on
    licensed: tuple[str, ...] = ()  # sets of criteria that the body imported
    published: bool = False
    override: Chosen = field(default_factory=dict)  # readings chosen for this question only

    @property
    def edition(self) -> Edition:
        """The edition, under the first variant where readings are unresolved."""
        return self.variants[0].edition

    @property
    def name(self) -> str:
        """The name people use: code/edition."""
        return f"{self.edition.scheme.code}/{self.edition.info.edition}"


def read_edition(directory: Path) -> dict[str, File]:
    """Read every file of an edition's directory; raise ``Faults`` for all faulty ones."""
    paths = sorted(directory.glob("*.yaml"))
    if not (directory / "edition.yaml").is_file():
        raise Faults([Fault(str(directory), "no edition.yaml here")])
    if len(paths) > FILES_AT_MOST:
        raise Faults([Fault(str(directory), f"more than {FILES_AT_MOST} files")])
    files: dict[str, File] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            if path.name != "scheme.yaml":
                files[path.stem] = read_file(path)
        except Faults as found:
            faults += found.faults
    if faults:
        raise Faults(faults)
    return files


def read_scheme(directory: Path) -> SchemeInfo:
    """Read the ``scheme.yaml`` of an edition's directory or of the one above it."""
    for path in (directory / "scheme.yaml", directory.resolve().parent / "scheme.yaml"):
        if path.is_file():
            return shaped(SchemeInfo, read_file(path))
    raise Faults([Fault(str(directory), "no scheme.yaml here or one level up")])


def load(
    directory: Path,
    *,
    override: Chosen | None = None,
    replaced: Mapping[str, CriteriaSet] | None = None,
    published: bool = False,
) -> Rulebook:
    """Load an edition; ``override`` chooses readings, ``replaced`` brings other criteria."""
    source = Source(
        directory,
        read_scheme(directory),
        read_edition(directory),
        override or {},
        replaced or {},
    )
    return assemble(source, published=published)


@dataclass(frozen=True, slots=True)
class Source:
    """What a rulebook is made from: its files as read, readings chosen, criteria replaced."""

    path: Path
    scheme: SchemeInfo
    files: Mapping[str, File]
    override: Chosen
    replaced: Mapping[str, CriteriaSet]


def assemble(source: Source, *, published: bool = False) -> Rulebook:
    """Make a rulebook from files that have been read."""
    readings = _readings(source.files)
    _raise([fault for file in source.files.values() for fault in faults_in(file, readings)])
    rests_on = {name: frozenset(names_in(f.content)) for name, f in source.files.items()}
    fixed = _shaped({name: f for name, f in source.files.items() if not rests_on[name]}, {})
    left_open = {name for name, r in readings.items() if r.options and r.chosen is None}
    variants = tuple(
        Variant(
            {name: chosen[name] for name in left_open - set(source.override)},
            _edition(source, fixed, chosen),
        )
        for chosen in choices_of(readings, source.override, str(source.path))
    )
    licensed = tuple(source.replaced)
    return Rulebook(
        source.path, source.files, variants, rests_on, licensed, published, source.override
    )


def under(rulebook: Rulebook, override: Chosen) -> Edition:
    """Return the edition with other readings chosen; only what rests on them is made anew."""
    edition = rulebook.edition
    if not override:
        return edition
    together = {**rulebook.override, **override}
    chosen = choices_of(edition.readings, together, str(rulebook.path))[0]
    changed = {
        name: file
        for name, file in rulebook.files.items()
        if rulebook.rests_on[name] & set(override)
    }
    subjects = {**edition.subjects, **_shaped(changed, chosen)}
    return Edition(edition.scheme, edition.info, subjects)


def _raise(faults: Sequence[Fault]) -> None:
    if faults:
        raise Faults(faults)


def _readings(files: Mapping[str, File]) -> dict[str, Reading]:
    """Return all readings; they are needed before anything else can be shaped."""
    readings: dict[str, Reading] = {}
    for file in files.values():
        if "readings" in file.content:
            alone = {key: value for key, value in file.content.items() if key in _AROUND_READINGS}
            readings |= shaped(Subject, file, alone).readings
    return readings


def _shaped(files: Mapping[str, File], chosen: Chosen) -> dict[str, Subject]:
    """Shape files under one choice of readings; gather the faults of all of them."""
    subjects: dict[str, Subject] = {}
    faults: list[Fault] = []
    for name, file in files.items():
        try:
            subjects[name] = shaped(Subject, file, resolved(file.content, chosen))
        except Faults as found:
            faults += found.faults
    _raise(faults)
    return subjects


def _edition(source: Source, fixed: Mapping[str, Subject], chosen: Chosen) -> Edition:
    varying = {name: file for name, file in source.files.items() if name not in fixed}
    shaped_now = {**fixed, **_shaped(varying, chosen)}
    subjects = {name: _with_criteria(shaped_now[name], source.replaced) for name in source.files}
    info = next((subject.edition for subject in subjects.values() if subject.edition), None)
    if info is None:
        place = source.files["edition"].place(())
        raise Faults([Fault(place, "the key 'edition' is missing")])
    edition = Edition(source.scheme, info, subjects)
    _raise(list(reference_faults(edition, source.files)))
    return edition


def _with_criteria(subject: Subject, replaced: Mapping[str, CriteriaSet]) -> Subject:
    own = {name: replaced[name] for name in subject.criteria if name in replaced}
    if not own:
        return subject
    return subject.model_copy(update={"criteria": {**subject.criteria, **own}})
