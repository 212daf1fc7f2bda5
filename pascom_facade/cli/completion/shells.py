"""`pascom completion SHELL`: the few lines a shell evaluates; the answers come from `answers.py`."""

from __future__ import annotations

import click

from ..commands import SHELLS

BASH = """\
_pascom() {
    local value
    COMPREPLY=()
    while IFS=$'\\t' read -r value _; do
        COMPREPLY+=("$value")
    done < <(_PASCOM_COMPLETE=bash pascom "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _pascom pascom
"""
ZSH = """\
#compdef pascom
_pascom() {
    local -a plain open
    local value text
    while IFS=$'\\t' read -r value text; do
        value=${value//:/\\\\:}${text:+:$text}
        if [[ ${value%%:*} == *= ]]; then open+=("$value"); else plain+=("$value"); fi
    done < <(_PASCOM_COMPLETE=zsh pascom "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#plain )) && _describe -V pascom plain
    (( $#open )) && _describe -V pascom open -S ''
    (( $#plain + $#open )) || _files
}
compdef _pascom pascom
"""
FISH = """\
function __pascom
    set -l typed (commandline -opc) (commandline -ct)
    _PASCOM_COMPLETE=fish pascom $typed[2..-1] 2>/dev/null
end
complete -c pascom -a '(__pascom)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what makes SHELL complete commands, services, parameters and values.

    \b
    bash: eval "$(pascom completion bash)"     in ~/.bashrc
    zsh:  eval "$(pascom completion zsh)"      in ~/.zshrc, after compinit
    fish: pascom completion fish | source      in ~/.config/fish/config.fish
    """
    click.echo(SCRIPTS[shell], nl=False)
