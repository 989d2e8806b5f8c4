"""Changes to YAML files, for every file: what is asked for is read then, and all else stays to the character."""

from hypothesis import strategies as st

from clustergap.yaml_edit.write import YamlStyle, YamlValue

STYLE = YamlStyle(
    bare_keys=frozenset({"b"}),
    block_keys=frozenset({"c"}),
    spaced_keys=frozenset({"d"}),
    last_key="z",
)

KEYS = ("a", "b", "c", "d", "e@x", "z", "'q'", '"w"')
NEW_KEYS = ("n", "o: p", "b2", "z")

SCALARS = (
    "x", "two words", "'single # no'", '"double: no"', "2016", "~", "", "|-\n{m}one\n{m}two", ">\n{m}one\n\n{m}two",
    "|+\n{m}kept\n\n", "wrapped\n{m}by hand", "'quoted\n{m}by hand'", "http://x.org/#y",
)  # fmt: skip
FLOW_SCALARS = ("x", "two words", "'single # no'", '"double, [no]"', "2016", "~", "a'b")

TEXTS = (
    "new",
    "a: b",
    "2017",
    "",
    "yes",
    "# no",
    "first\nsecond",
    "a\tb\n c",
    "é\u2028ß",
    "- x",
    "[x",
    "true",
)
VALUES: st.SearchStrategy[YamlValue] = st.one_of(
    st.sampled_from(TEXTS),
    st.lists(st.sampled_from(TEXTS), max_size=3, unique=True),
    st.dictionaries(st.sampled_from(NEW_KEYS), st.sampled_from(TEXTS), max_size=3),
    st.dictionaries(
        st.sampled_from(NEW_KEYS),
        st.lists(st.dictionaries(st.sampled_from(KEYS[:4]), st.sampled_from(TEXTS), min_size=1)),
        max_size=2,
    ),
)
