"""Assets: creatives and their versions, machine checks, guideline reviews. Knows no order."""
