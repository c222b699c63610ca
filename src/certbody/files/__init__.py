"""Stored files: evidence and papers, byte for byte as they came. ISO/IEC 17065:2012, 7.12."""
