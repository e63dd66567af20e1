"""A form for people who don't edit files: the configuration of a git-based content management system.

Sveltia CMS reads it, and Decap CMS, whose format it is. It stands in a folder of its own that is no
part of the public site; the system's script is put beside it by whoever sets it up.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from cnnt_site.desk.fields import Field, described, fields_of, files
from cnnt_site.reading.layout import FOLDERS, LISTED
from cnnt_site.reading.records import Records
from cnnt_site.reporting import message

SCRIPT = "sveltia-cms.js"

_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="form.css">
</head>
<body>
<p>{missing}</p>
<script src="{script}"></script>
</body>
</html>
"""

_STYLE = """\
/* The form is put behind the note that its script is missing. */
body > p:has(~ :not(script)) { display: none; }
"""


def cms_files(
    records: Records, content: str, backend: str, repository: str, branch: str, lang: str
) -> dict[str, bytes]:
    """The form's page, its style and its configuration `config.yml`, by name, worded in `lang`.

    `content` is the content folder's path in the repository; ids are chosen from those of `records`.
    """
    form = _Form(records, lang)
    config = {
        "backend": {"name": backend, "repo": repository, "branch": branch},
        "media_folder": f"{content}/photos",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "collections": list(form.collections(content)),
    }
    page = _PAGE.format(
        lang=lang,
        title=html.escape(message(lang, "cms-title")),
        missing=html.escape(message(lang, "cms-script-missing", script=SCRIPT)),
        script=SCRIPT,
    )
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=120)
    return {"index.html": page.encode(), "form.css": _STYLE.encode(), "config.yml": text.encode()}


class _Form:
    def __init__(self, records: Records, lang: str) -> None:
        self.records, self.lang = records, lang
        self.languages = records.site.languages if records.site else ("vi", "en")

    def collections(self, content: str) -> Iterator[dict[str, Any]]:
        """A collection for each kind of record with a folder, one for each language's long texts, and the site."""
        for kind, (name, model) in FOLDERS.items():
            title = described(model.__name__, self.lang).label
            first = "title" if kind == "pages" else "name"
            common = {"folder": f"{content}/{kind}", "create": True, "slug": f"{{{{{first}.{self.languages[0]}}}}}"}
            yield {
                "name": kind,
                "label": title,
                **common,
                "path": "{{slug}}/" + name.removesuffix(".yaml"),
                "extension": "yaml",
                "format": "yaml",
                "identifier_field": f"{first}.{self.languages[0]}",
                "summary": f"{{{{{first}.{self.languages[0]}}}}}",
                "fields": self.fields(model),
            }
            for language in self.languages:
                yield {
                    "name": f"{kind}-{language}",
                    "label": message(self.lang, "cms-text", what=title, language=language),
                    "folder": f"{content}/{kind}",
                    "create": False,
                    "path": "{{slug}}/" + language,
                    "extension": "md",
                    "format": "raw",
                    "identifier_field": "body",
                    "fields": [{"name": "body", "label": message(self.lang, "cms-body"), "widget": "markdown"}],
                }
        where, site, _ = files()["site"]
        title = described(site.__name__, self.lang).label
        file = {"name": "site", "label": title, "file": f"{content}/{where}", "fields": self.fields(site)}
        yield {"name": "settings", "label": title, "files": [file]}

    def fields(self, model: type[Any]) -> list[dict[str, Any]]:
        """The form's fields for a record; those written under free words are left to editors."""
        return [self.field(field) for field in fields_of(model) if not field.by_word]

    def field(self, field: Field) -> dict[str, Any]:
        said = described(field.words, self.lang)
        asked: dict[str, Any] = {"name": field.name, "label": said.label, "hint": said.help, "required": field.needed}
        if field.by_language:
            each = [{"name": code, "label": code, "required": False, **self.widget(field)} for code in self.languages]
            inner: dict[str, Any] = {"widget": "list" if field.many else "object", "fields": each}
        elif field.record is not None:
            inner = {"widget": "list" if field.many else "object", "fields": self.fields(field.record)}
            inner["collapsed"] = True
        elif field.many:
            inner = {"widget": "list", "field": {"name": "value", "label": said.label, **self.widget(field)}}
            if field.exactly:
                inner |= {"min": field.exactly, "max": field.exactly}
        else:
            inner = self.widget(field)
        return {**asked, **inner}

    def widget(self, field: Field) -> dict[str, Any]:
        """The widget of a single value."""
        if field.leads_to in FOLDERS:
            shown = f"name.{self.languages[0]}"
            found = {"collection": field.leads_to, "value_field": "{{slug}}"}
            return {"widget": "relation", **found, "search_fields": [shown], "display_fields": [shown]}
        if field.leads_to in LISTED:
            known: Mapping[str, Any] = getattr(self.records, field.leads_to)
            return {"widget": "select", "options": [{"label": self.name(known[id_]), "value": id_} for id_ in known]}
        if field.choices:
            return {"widget": "select", "options": list(field.choices)}
        if field.kind in ("number", "year", "share"):
            return {"widget": "number", "value_type": "float" if field.kind == "share" else "int"}
        found_pattern = {"pattern": [field.pattern, described(field.words, self.lang).help]} if field.pattern else {}
        return {"widget": "string", **found_pattern}

    def name(self, record: Any) -> str:
        """What a term, place or drawing is called."""
        words: Mapping[str, str] = next(
            getattr(record, each) for each in ("label", "name", "represents") if hasattr(record, each)
        )
        return words.get(self.lang) or next(iter(words.values()), "")
