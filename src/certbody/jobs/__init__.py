"""Work in the background, run again and again: seals, sweeping. A table says what is due."""
