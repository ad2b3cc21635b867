"""Workbooks out: the ranking workbook and a unit's own page, as xlsx."""
