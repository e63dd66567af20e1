"""New records: what is asked for each kind, the id and slugs proposed, the files that come of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cnnt_site.addresses.ledger import Ledger
from cnnt_site.addresses.routes import FOLDER_OF
from cnnt_site.desk.counts import name_of
from cnnt_site.desk.fields import fields_of
from cnnt_site.desk.record_file import new_file
from cnnt_site.desk.twins import bare_name
from cnnt_site.problems import Key, Problem, closest
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reading.records import Records, mistakes_in
from cnnt_site.reading.scanning import is_fit_for_all_systems
from cnnt_site.reporting import message
from cnnt_site.vietnamese import fold, neutral_key, slug

LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked: the option that answers it, the field's words, and where the answer stands.

    `leads_to` is the kind of record that the answer is an id of; `language` the one of a text.
    """

    option: str
    words: str
    place: tuple[Key, ...]
    leads_to: str = ""
    language: str = ""
    needed: bool = False


_PLACE = (
    Question("commune", "PlaceThen.commune", ("place", "commune")),
    Question("district", "PlaceThen.district", ("place", "district"), "districts"),
    Question("place-now", "Producer.place_now", ("place_now",), "communes"),
)

_QUESTIONS = {
    "product": (
        Question("producer", "Product.producer", ("producer",), "producers"),
        Question("group", "Product.group", ("group",), "groups"),
        Question("level", "Certificate.level", ("certificates", 0, "level"), "levels"),
        Question("year", "Certificate.year", ("certificates", 0, "year")),
        Question("number", "Certificate.number", ("certificates", 0, "number")),
        Question("source", "Source.url", ("sources", 0, "url")),
    ),
    "producer": (
        Question("form", "Producer.kind", ("kind",), "producer_kinds"),
        *_PLACE,
        Question("source", "Source.url", ("sources", 0, "url")),
    ),
    "fair": (
        Question("start", "Fair.start", ("start",)),
        Question("end", "Fair.end", ("end",)),
        Question("source", "Source.url", ("sources", 0, "url")),
    ),
    "page": (Question("menu", "TextPage.menu", ("menu",)),),
}

KINDS = tuple(_QUESTIONS)
OPTIONS = {question.option: question.words for asked in _QUESTIONS.values() for question in asked}
"""The options that answer questions, beside the names, with the words of their fields."""


def questions(kind: str, languages: Sequence[str]) -> Iterator[Question]:
    """What is asked for a kind of record: its name in each language, the original's being needed, then the rest."""
    model = FOLDERS[FOLDER_OF[kind]][1].__name__
    field = "title" if kind == "page" else "name"
    for number, language in enumerate(languages):
        yield Question(f"name-{language}", f"{model}.{field}", (field, language), "", language, number == 0)
    yield from _QUESTIONS[kind]


def with_answer(said: Mapping[str, Any], place: tuple[Key, ...], answer: str) -> dict[str, Any]:
    """A record with an answer put where it belongs; what is above it is made."""
    key, *below = place
    inner: Any = answer
    if below and isinstance(below[0], int):  # a list has one entry: a new record's first certificate, first source
        entries = said.get(str(key)) or [{}]
        inner = [with_answer(entries[0], tuple(below[1:]), answer)]
    elif below:
        inner = with_answer(said.get(str(key)) or {}, tuple(below), answer)
    return {**said, str(key): inner}


def wrong_with(kind: str, said: Mapping[str, Any], languages: tuple[str, ...]) -> list[Problem]:
    """The mistakes of an unfinished record."""
    return [each for each in mistakes_in(said, FOLDERS[FOLDER_OF[kind]][1], languages) if each.severity == "error"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The records that an answer may mean: ids with their names, in the order of content."""

    known: Mapping[str, str]

    def find(self, answer: str) -> str | None:
        """The id that is meant by an id, a number of the list, or a name, whole or a part that no other has."""
        if answer in self.known:
            return answer
        if answer.isdigit() and 0 < int(answer) <= len(self.known):
            return list(self.known)[int(answer) - 1]
        alike = [id_ for id_, name in self.known.items() if neutral_key(name) == neutral_key(answer)]
        alike = alike or [id_ for id_, name in self.known.items() if fold(name) == fold(answer)]
        alike = alike or [id_ for id_, name in self.known.items() if f" {fold(answer)} " in f" {fold(name)} "]
        return alike[0] if len(alike) == 1 else None

    def guess(self, answer: str) -> str:
        """The id that was probably meant, or ''."""
        by_name = {name: id_ for id_, name in self.known.items()}
        inside = [id_ for id_, name in self.known.items() if fold(answer) in fold(name)]
        near = closest(answer, [*self.known, *by_name])
        return inside[0] if len(inside) == 1 else by_name.get(near, near)


def choice_of(records: Records, kind: str) -> Choice:
    """The records of a kind that an answer may name."""
    assert records.site is not None
    return Choice({id_: name_of(record, records.site) for id_, record in getattr(records, kind).items()})


def proposed_id(kind: str, said: Mapping[str, Any], records: Records, ledger: Ledger) -> str:
    """A free id made from the name: with the producer's id behind it, then a number, where it is taken."""
    names = next(iter(said.values()))
    base = slug(next(iter(names.values())))[:LONGEST_ID].strip("-") or kind
    maker = said.get("producer")
    wishes = [base, *([f"{base}-{maker}"] if maker else []), *(f"{base}-{number}" for number in range(2, 1000))]
    return next(wish for wish in wishes if not refused_id(kind, wish, records, ledger))


def refused_id(kind: str, id_: str, records: Records, ledger: Ledger) -> str:
    """Why an id can't be a new record's: the key of a message, '' when it can."""
    folder = FOLDER_OF[kind]
    if id_ != slug(id_) or not id_:
        return "new-id-form"
    if not is_fit_for_all_systems(id_):
        return "new-id-reserved"
    if id_ in (records.ids.get(folder) or ()):
        return "new-id-taken"
    once = {old for record in getattr(records, folder).values() for old in record.formerly}
    published = {key for keys in (ledger.current, ledger.moved) for key in keys.values()}
    return "new-id-once" if id_ in once or f"{kind}:{id_}" in published else ""


def proposed_slugs(kind: str, said: Mapping[str, Any], id_: str, records: Records, ledger: Ledger) -> dict[str, str]:
    """A free slug for each language that the record has a name in."""
    found, names = {}, said["title" if kind == "page" else "name"]
    for language, name in names.items():
        taken = set(_slugs_taken(kind, language, records, ledger))
        base = slug(name)[:LONGEST_ID].strip("-") or id_
        wishes = (base, id_, *(f"{base}-{number}" for number in range(2, 1000)))
        found[language] = next(wish for wish in wishes if wish not in taken)
    return found


def _slugs_taken(kind: str, language: str, records: Records, ledger: Ledger) -> Iterator[str]:
    for id_, record in getattr(records, FOLDER_OF[kind]).items():
        yield record.slug.get(language) or slug(
            next(iter((record.title if kind == "page" else record.name).values()), id_)
        )
    for addresses in (ledger.current, ledger.moved):
        for address in addresses:
            if address.startswith(f"{language}/"):
                yield address.rpartition("/")[2].removesuffix(".html")


def with_programme(said: Mapping[str, Any], programme: str) -> dict[str, Any]:
    """The record with its certificates of unknown level given to `programme`: one of both every certificate has."""
    known = said.get("certificates", ())
    papers = [paper if "level" in paper else {"programme": programme, **paper} for paper in known]
    return {**said, "certificates": papers} if papers else dict(said)


def new_files(kind: str, id_: str, said: Mapping[str, Any], languages: Iterable[str], lang: str) -> dict[str, bytes]:
    """The files of a new record by their path in content: explained YAML, and an empty text for each language."""
    folder, (name, model) = f"{FOLDER_OF[kind]}/{id_}", FOLDERS[FOLDER_OF[kind]]
    notes = [message(lang, "new-note-id", id=id_), message(lang, "new-note-empty")]
    record = new_file(_typed(said, model), model, lang, explained=True, notes=notes)
    return {f"{folder}/{name}": record, **{f"{folder}/{language}.md": b"" for language in languages}}


def _typed(said: Any, model: type[Any]) -> Any:
    """A record of texts with its numbers, years and days as such, so that they are written without quotes."""
    fields = {field.name: field for field in fields_of(model)}
    done: dict[str, Any] = {}
    for key, value in said.items():
        field = fields[key]
        if field.record is not None:
            done[key] = [_typed(each, field.record) for each in value] if field.many else _typed(value, field.record)
        elif isinstance(value, str) and value.isdigit() and field.kind in ("number", "year", "rough-day"):
            done[key] = int(value)
        elif isinstance(value, str) and len(value) == 10 and field.kind in ("day", "rough-day"):
            done[key] = date.fromisoformat(value)
        else:
            done[key] = value
    return done


def alike(kind: str, said: Mapping[str, Any], records: Records) -> list[str]:
    """Ids of records of the kind that bear the same name, however it is spelt."""
    forms = [label for each in records.producer_kinds.values() for label in each.label.values()]
    new = {bare_name(name, forms) for name in said["title" if kind == "page" else "name"].values()}
    known = getattr(records, FOLDER_OF[kind]).items()
    return [
        id_
        for id_, record in known
        if new & {bare_name(name, forms) for name in (record.title if kind == "page" else record.name).values()}
    ]
