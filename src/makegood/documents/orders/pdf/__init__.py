"""PDF pages into leaves, and pages into pictures, through pdfium. No meaning is given to the words here."""
