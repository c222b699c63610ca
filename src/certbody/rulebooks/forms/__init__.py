"""Forms made from what a section asks for. They read and show; they compute nothing."""
