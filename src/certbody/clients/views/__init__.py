"""The client's own register, page by page."""
