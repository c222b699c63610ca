"""The requirements as they were handed over."""

from certbody.traceability.folders import shipped
from certbody.traceability.requirements import requirements_in


def test_all_requirements_are_here():
    scheme_of = [one.scheme for one in requirements_in(shipped().requirements)]
    assert len(scheme_of) == 151
    assert {name: scheme_of.count(name) for name in set(scheme_of)} == {
        "ecpsc": 57,
        "ccai": 46,
        None: 48,
    }
