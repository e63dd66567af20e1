"""The verbs of the command line, one file each.

A verb's file says which options it takes, `add_options(parser: VerbParser) -> None`, and does its work,
`run(asked: argparse.Namespace, lang: str) -> int`, whose result is the exit code. It is imported only when
its verb was typed. The word for its help is `help-<verb>` in `wording/messages.yaml`.
"""

DONE, PROBLEMS, USAGE, BUG = 0, 1, 2, 3
"""How a run ends: all well, problems in content, a wrong command, a fault of the program."""

VERBS = {
    "build": "build",
    "check": "check",
    "serve": "serve",
    "why": "why",
    "new": "new",
    "init": "init",
    "remove": "remove",
    "import": "import_sheet",
    "export": "export_sheet",
    "editor": "editor",
    "cms": "cms",
    "labels": "labels",
    "catalogue-pdf": "catalogue_pdf",
    "pack": "pack",
    "deploy-check": "deploy_check",
}
"""Every verb and the module of this package that does it; the first is meant when none is typed."""
