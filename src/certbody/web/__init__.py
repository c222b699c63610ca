"""What all screens share: base templates, template tags, answers in words."""
