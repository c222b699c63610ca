"""House rules for every file: small, readable, and of no particular machine."""

from tests.house.checkout import at, committed, refuse, text_of, under
from tests.house.finders import (
    FUNCTION_LINES,
    addresses,
    long_functions,
    star_imports,
    unreadable_yaml,
)

FILE_LINES = 400
YAML_LINE = 300

# Not written by hand, hence not split by hand: message catalogues, migrations, and other people's.
GENERATED = (".po", ".mo")
MIGRATIONS = "migrations"
VENDORED = "vendor"


def test_no_file_is_long():
    written = [
        path
        for path in under("src", "tests")
        if path.suffix not in GENERATED and not {VENDORED, MIGRATIONS} & set(path.parts)
    ]
    sizes = [(path, text_of(path).count("\n")) for path in written]
    refuse(
        (at(path, size, f"{size} lines") for path, size in sizes if size > FILE_LINES),
        f"A file over {FILE_LINES} lines holds more than one subject: give each its own file.",
    )


def test_no_function_is_long():
    refuse(
        (
            at(path, line, what)
            for path in under("src", suffix=".py")
            for line, what in long_functions(text_of(path))
        ),
        f"A function over {FUNCTION_LINES} lines does not fit on a screen: name its parts.",
    )


def test_no_star_import():
    refuse(
        (
            at(path, line, what)
            for path in committed()
            if path.suffix == ".py"
            for line, what in star_imports(text_of(path))
        ),
        "A star import hides where a name comes from, and a second one hides the first.",
    )


def test_no_address_of_a_registry_or_machine():
    refuse(
        (at(path, line, what) for path in committed() for line, what in addresses(text_of(path))),
        "Which registry serves a file is the reader's choice, and paths of one machine exist on "
        "no other: neither is committed.",
    )


def test_rulebooks_are_written_by_hand():
    refuse(
        (
            at(path, line, what)
            for path in under("schemes", suffix=".yaml")
            for line, what in unreadable_yaml(text_of(path), YAML_LINE)
        ),
        "A second person reviews a rulebook as a diff against its source: letters stand as "
        f"letters, and no line has over {YAML_LINE} characters.",
    )
