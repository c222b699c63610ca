"""A document to hand in: one page, made by hand, the same bytes every time."""


def paper(name: str) -> bytes:
    """Return a PDF of one page that says which document it stands for; ``name`` is plain ASCII."""
    text = f"BT /F 18 Tf 72 760 Td (Demonstration only: {name}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        f"<</Length {len(text)}>>stream\n{text}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Font<</F 5 0 R>>>>",
    ]
    pdf, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return f"{pdf}{end}startxref\n{len(pdf)}\n%%EOF\n".encode("ascii")
