"""How many statements name each unit, counted for all units of a level at once."""


class UnitCounts:
    """A counter for each bit, kept as binary digits: bit *b* of ``_digits[n]`` is the *n*-th digit of its count.

    To add or to take away a set of units costs a few operations on whole integers, however many units it has.
    """

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits = [0]

    def add(self, units: int) -> None:
        """Count each of *units* once more."""
        digits, n = self._digits, 0
        while units:
            if n == len(digits):
                digits.append(0)
            digits[n], units = digits[n] ^ units, digits[n] & units  # what carries over
            n += 1

    def remove(self, units: int) -> None:
        """Count each of *units* once less; all of them have been counted."""
        digits, n = self._digits, 0
        while units:
            digits[n], units = digits[n] ^ units, units & ~digits[n]  # what is borrowed
            n += 1

    @property
    def once(self) -> int:
        """The units counted at least once."""
        return self._digits[0] | self.twice

    @property
    def twice(self) -> int:
        """The units counted at least twice."""
        units = 0
        for digit in self._digits[1:]:
            units |= digit
        return units
