"""A dataset as a spreadsheet: which columns the list layout has, and how a value stands in a cell.

What writes workbooks and what reads them meet here: neither knows the other.
"""
