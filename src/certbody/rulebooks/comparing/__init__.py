"""Two editions side by side: sections that belong together, and what differs in them."""
