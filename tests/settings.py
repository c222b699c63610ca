"""The product's settings with a data directory of the tests' own."""

import os
from importlib import import_module
from tempfile import mkdtemp

os.environ["CERTBODY_DATA"] = mkdtemp(prefix="certbody-tests-")
product = import_module("certbody.config.settings")  # reads the variable above

globals().update({name: value for name, value in vars(product).items() if name.isupper()})
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: nothing to guard here
