"""Credit codes of organisations that do not exist: every check character right.

Source: GB 32100-2015 (the code), GB 11714-1997 (the nine characters of the organisation in it).
"""

from stdnum.cn.uscc import calc_check_digit

_ENTERPRISE = "91"  # registered by the market regulator, an enterprise
_SERIES = "MAT"  # with the serial number in it the organisation's eight characters
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(region: str, serial: int) -> str:
    """Return the code of an organisation of a region (GB/T 2260), by its serial number."""
    body = f"{_ENTERPRISE}{region}{_with_check(f'{_SERIES}{serial:05}')}"
    return f"{body}{calc_check_digit(body)}"


def _with_check(eight: str) -> str:
    total = sum(weight * _ALPHABET.index(one) for weight, one in zip(_WEIGHTS, eight, strict=True))
    check = (11 - total % 11) % 11
    return f"{eight}{'X' if check == 10 else check}"  # noqa: PLR2004  the standard's ten
