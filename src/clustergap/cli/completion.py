"""``clustergap completion``: the script that lets a shell complete commands, options and ids."""

import enum
from typing import Annotated

import typer

from clustergap.cli.exit import Exit


class Shell(enum.StrEnum):
    """Shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    PWSH = "pwsh"


def completion(shell: Annotated[Shell, typer.Argument(help="The shell to complete in.")]) -> Exit:
    """Print the shell's completion script.

    \b
    Examples:
      clustergap completion bash > ~/.local/share/bash-completion/completions/clustergap
      clustergap completion zsh > "${fpath[1]}/_clustergap"
      clustergap completion fish > ~/.config/fish/completions/clustergap.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    script = get_completion_script(
        prog_name="clustergap", complete_var="_CLUSTERGAP_COMPLETE", shell=shell.value
    )
    typer.echo(script)
    return Exit.OK
