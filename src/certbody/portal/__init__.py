"""The portal: what a client sees and does."""
