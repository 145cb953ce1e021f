"""The diary as people know it: a printed book and a spreadsheet of one crop cycle."""
