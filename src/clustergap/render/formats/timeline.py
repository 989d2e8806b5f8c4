"""Formats of the timeline."""

from collections.abc import Callable, Mapping

from clustergap.analysis.timeline import Timeline
from clustergap.document import Origin
from clustergap.render import timeline_csv, timeline_json, timeline_md, timeline_svg
from clustergap.render.choices import TimelineFormat
from clustergap.writers.markdown import signed

TIMELINE: Mapping[TimelineFormat, Callable[[Timeline, Origin], str]] = {
    TimelineFormat.JSON: timeline_json.render,
    TimelineFormat.CSV: timeline_csv.render,
    TimelineFormat.MD: signed(timeline_md.render),
    TimelineFormat.SVG: timeline_svg.render,
}
