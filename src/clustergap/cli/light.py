"""Commands that can be completed without pydantic, and that take no option's value twice in silence.

typer needs pydantic to convert values, and completion converts none.
"""

import copy
import enum
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from clustergap.cli.exit import Exit
from clustergap.cli.options import Color
from clustergap.findings import CheckResult, DataError
from clustergap.text import all_of, did_you_mean, quote


class LightCommand(TyperCommand):
    """A command whose values stay as typed while the shell completes it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if ctx.resilient_parsing:  # the shell completes; nothing is run
            _keep_as_typed(self, ctx)
            return super().parse_args(ctx, args)
        given = tuple(args)  # typer empties its own
        try:
            rest = super().parse_args(ctx, args)
        except typer.BadParameter as error:
            self._suggest(error, ctx, given)
            raise
        self._refuse_second_values(ctx, given)
        return rest

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run it; findings that keep it from answering are told in the colours that were asked for."""
        try:
            return super().invoke(ctx)
        except DataError as error:
            # As typed: before 0.29 typer makes nothing of a value before it calls the command.
            _tell_findings(error.report, Color(ctx.params.get("color", Color.AUTO)))
            raise typer.Exit(Exit.UNUSABLE) from error

    def _typed(self, ctx: Any, args: Iterable[str]) -> Mapping[str, Any]:  # noqa: ANN401 - as above
        # By parameter what was typed, before anything is made of it: of an option with values a list of all.
        every = copy.copy(self)
        every.params = [_repeatable(param) for param in self.params]
        values, _rest, _order = every.make_parser(ctx).parse_args(args=list(args))
        return values

    def _refuse_second_values(self, ctx: Any, args: Iterable[str]) -> None:  # noqa: ANN401 - as above
        # typer lets the last one win: half of a question would be answered as if it were all of it.
        typed = self._typed(ctx, args)
        for param in self.params:
            values = typed.get(param.name) or ()
            if _takes_value(param) and not param.multiple and len(values) > 1:
                said = all_of([quote(value) for value in values])
                raise typer.BadParameter(
                    f"it takes one value, not {said}{self._repeatable_ones()}",
                    ctx=ctx,
                    param_hint=param.opts,
                )

    def _suggest(self, error: Any, ctx: Any, args: Iterable[str]) -> None:  # noqa: ANN401 - as above
        # Of what is one of fixed words, typer only lists them.
        words = _choices(self.callback, getattr(error.param, "name", None))
        typed = self._typed(ctx, args).get(error.param.name) if words else None
        for value in [typed] if isinstance(typed, str) else typed or ():
            hint = "" if value in words else did_you_mean(value, words)
            if hint:
                error.message = f"{error.message.rstrip('.')}: {hint}"
                return

    def _repeatable_ones(self) -> str:
        names = [one.opts[0] for one in self.params if _takes_value(one) and one.multiple]
        return f". Repeatable here: {', '.join(names)}" if names else ""


class LightGroup(TyperGroup):
    """The group of such commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if ctx.resilient_parsing:
            _keep_as_typed(self, ctx)
        return super().parse_args(ctx, args)


def _tell_findings(report: CheckResult, color: Color) -> None:
    from clustergap.cli.output import emit_error
    from clustergap.writers import findings_text

    emit_error(lambda shapes: findings_text.write_findings(report, shapes), color)


def _takes_value(param: Any) -> bool:  # noqa: ANN401 - typer exports no Parameter type
    return param.param_type_name == "option" and not param.is_flag


def _choices(command: Callable[..., object] | None, name: str | None) -> list[str]:
    # The words that a parameter may have, if its type holds an enumeration.
    if command is None or name is None:
        return []
    hints = [inspect.signature(command).parameters[name].annotation]
    for hint in hints:  # grows while it is walked through
        if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
            return list(hint)
        hints += [part for part in get_args(hint) if isinstance(part, type) or get_args(part)]
    return []


def _repeatable(param: Any) -> Any:  # noqa: ANN401 - as above
    if not _takes_value(param):
        return param
    repeatable = copy.copy(param)
    repeatable.multiple = True
    return repeatable


def _keep_as_typed(command: TyperCommand | TyperGroup, ctx: Any) -> None:  # noqa: ANN401
    parameters: list[Any] = [*command.get_params(ctx)]
    for parameter in parameters:
        parameter.process_value = _as_typed


def _as_typed(_ctx: object, value: object) -> object:
    return value
