"""A dataset as the sheets of a workbook: the list, and the reference tables beside it.

The writers of workbooks and the import, which do not know each other, share this format.
"""
