"""Commands that can be completed without pydantic, which typer needs to convert values, and completion does not."""

from typing import Any

from typer.core import TyperCommand, TyperGroup


class LightCommand(TyperCommand):
    """A command whose values stay as typed while the shell completes it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if not ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        rest = _parse_raw(self, ctx, args)
        ctx.args = rest
        return rest


class LightGroup(TyperGroup):
    """The group of such commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if not ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        rest = _parse_raw(self, ctx, args)
        ctx._protected_args, ctx.args = rest[:1], rest[1:]  # noqa: SLF001 - as TyperGroup does
        return rest[1:]


def _parse_raw(command: LightCommand | LightGroup, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
    parser = command.make_parser(ctx)
    values, rest, _ = parser.parse_args(
        args=list(args)
    )  # options as typed, what is left, their order
    ctx.params.update(values)
    ctx._opt_prefixes.update(parser._opt_prefixes)  # noqa: SLF001 - as typer's own parse_args does
    return rest
