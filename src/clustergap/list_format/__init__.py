"""A dataset as the sheets of a workbook: the list, and the reference tables beside it.

What writes workbooks and what reads them meet here: neither knows the other.
"""
