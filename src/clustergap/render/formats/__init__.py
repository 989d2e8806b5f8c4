"""What makes each format of each result: one registry a result, so that a command loads no other's.

``table`` and ``text`` stand in no registry: they are rich renderables, which ``cli`` prints on its console. All others
are one function from the finished result to the whole document.
"""
