"""People's sign-in, their roles, and the rights that come with them. ISO/IEC 17065:2012, 6.1."""
