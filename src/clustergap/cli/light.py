"""Commands that can be completed without pydantic, which typer needs to convert values, and completion does not."""

from typing import Any

from typer.core import TyperCommand, TyperGroup


class LightCommand(TyperCommand):
    """A command whose values stay as typed while the shell completes it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        _keep_as_typed(self, ctx)
        return super().parse_args(ctx, args)


class LightGroup(TyperGroup):
    """The group of such commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        _keep_as_typed(self, ctx)
        return super().parse_args(ctx, args)


def _keep_as_typed(command: LightCommand | LightGroup, ctx: Any) -> None:  # noqa: ANN401
    if ctx.resilient_parsing:  # the shell completes; nothing is run
        parameters: list[Any] = [*command.get_params(ctx)]
        for parameter in parameters:
            parameter.process_value = _as_typed


def _as_typed(_ctx: object, value: object) -> object:
    return value
