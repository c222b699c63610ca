"""Written notices to clients: numbered, kept, with proof of delivery."""
