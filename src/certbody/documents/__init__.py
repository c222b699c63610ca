"""Papers: a template and data become a PDF. It knows no certificate and no case."""
