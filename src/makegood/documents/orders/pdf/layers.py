"""Whether the text of a PDF page was put under a picture of the page by a machine that recognised it. pdfium calls only."""
import itertools

import pypdfium2
import pypdfium2.raw as pdfium

COVERED = 0.8   # of the page
LOOKED_AT = 40  # texts drawn; a recogniser hides every one
HIDDEN = 3      # text render mode: neither filled nor stroked


def is_recognised(page: pypdfium2.PdfPage) -> bool:
    """A picture over nearly all of the page, and no text that is drawn to be seen."""
    width, height = page.get_size()
    covered = any((right - left) * (top - bottom) >= COVERED * width * height
                  for left, bottom, right, top in (one.get_bounds() for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])))
    texts = list(itertools.islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]), LOOKED_AT)) if covered else []
    return bool(texts) and all(pdfium.FPDFTextObj_GetTextRenderMode(one.raw) == HIDDEN for one in texts)
