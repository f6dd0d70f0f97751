"""``treatygraph completion bash|zsh|fish``."""

from __future__ import annotations

from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Final

__all__ = ["SCRIPTS", "grammar", "run"]

SCRIPTS: Final[Mapping[str, str]] = {
    "bash": """\
# Completion of treatygraph in bash. Put this line into ~/.bashrc:
#   source <(treatygraph completion bash)
_treatygraph() {
    local IFS=$'\\n'
    COMPREPLY=($("${COMP_WORDS[0]}" completion words "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _treatygraph treatygraph
""",
    "zsh": """\
#compdef treatygraph
# Completion of treatygraph in zsh. Put this line into ~/.zshrc, after compinit:
#   source <(treatygraph completion zsh)
_treatygraph() {
    local -a words_found lines
    local line
    lines=("${(@f)$("${words[1]}" completion words "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        words_found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
    done
    _describe -U treatygraph words_found
}
compdef _treatygraph treatygraph
""",
    "fish": """\
# Completion of treatygraph in fish. Put this line into ~/.config/fish/config.fish:
#   treatygraph completion fish | source
function __treatygraph
    set -l words (commandline -opc) (commandline -ct)
    $words[1] completion words $words[2..-1] 2>/dev/null
end
complete -c treatygraph -f -a '(__treatygraph)'
""",
}
"""The script of each shell: it asks ``completion words`` what may stand where the cursor is."""


def grammar(command: ArgumentParser) -> None:
    """What the command takes."""
    command.add_argument("shell", choices=(*SCRIPTS, "words"), help="the shell; words: what its script asks for")
    command.add_argument("words", nargs=REMAINDER, help="for words: the command line up to the cursor")


def run(options: Namespace) -> int:
    """Print the script, or what may stand at the cursor: a word and what it means on each line; 0."""
    if options.shell != "words":
        print(SCRIPTS[options.shell], end="")
        return 0
    from treatygraph.cli.candidates import candidates

    for word, meaning in candidates([*options.words, *options.rest] or [""]):
        print(f"{word}\t{meaning}")
    return 0
