"""`build.py new`: a new product, producer, fair or page, asked for step by step or given in options."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnt_site.commands import DONE, PROBLEMS, USAGE
from cnnt_site.commands.options import VerbParser, shown
from cnnt_site.reporting import message, problem_wording

if TYPE_CHECKING:
    from cnnt_site.addresses.ledger import Ledger
    from cnnt_site.desk.new_record import Question
    from cnnt_site.reading.records import Records

LONGEST_LIST = 40
"""Choices that are listed; of more, people type the name."""


def add_options(parser: VerbParser) -> None:
    """The kind, and an option for each question; without a name everything is asked."""
    from cnnt_site.desk.fields import described
    from cnnt_site.desk.new_record import KINDS, OPTIONS

    parser.option("record", choices=KINDS)
    parser.option("--name", metavar="TEXT")
    parser.option("--name-in", action="append", default=[], metavar="LANG=TEXT")
    parser.option("--id")
    for option, words in sorted(OPTIONS.items()):
        about = described(words, parser.lang)
        parser.add_argument(f"--{option}", metavar="TEXT", help=f"{about.label}: {about.help}")


def run(asked: argparse.Namespace, lang: str) -> int:
    """Asks, proposes, and writes the files of a new record; nothing when anything is wrong."""
    from cnnt_site.addresses.ledger import read_ledger
    from cnnt_site.problems import Problems
    from cnnt_site.reading.records import read
    from cnnt_site.reading.scanning import scan

    problems = Problems()
    tree = scan(asked.content, problems)
    records, ledger = read(tree, problems), read_ledger(tree, problems)
    if records.site is None or not records.site.languages:
        print(message(lang, "check-first"), file=sys.stderr)
        return PROBLEMS
    return _New(asked, lang, records, ledger).run()


class _New:
    """One new record, from the first question to its files."""

    def __init__(self, asked: argparse.Namespace, lang: str, records: Records, ledger: Ledger) -> None:
        assert records.site is not None
        self.asked, self.lang, self.records, self.ledger = asked, lang, records, ledger
        self.kind: str = asked.record
        self.languages, self.programme = records.site.languages, records.site.programme
        self.asks = asked.name is None

    def run(self) -> int:
        """Asks or reads options; writes the files."""
        from cnnt_site.desk.new_record import alike, new_files, proposed_slugs, with_programme

        if self.asks:
            print(message(self.lang, "new-hello"))
        said = self._answers()
        id_ = None if said is None else self._id(said)
        if said is None or id_ is None:
            return USAGE
        for other in alike(self.kind, said, self.records):
            self._complain(message(self.lang, "new-alike", other=other))
        said["slug"] = proposed_slugs(self.kind, said, id_, self.records, self.ledger)
        said = with_programme(said, self.programme)
        files = new_files(self.kind, id_, said, self.languages, self.lang)
        listed = "\n".join(f"  {shown(self.asked.content / path)}" for path in files)
        if self.asks:
            print(message(self.lang, "new-will-write", files=listed))
            if input(message(self.lang, "new-confirm")).strip().lower() in ("n", "k", "no", "không"):
                print(message(self.lang, "stopped"))
                return PROBLEMS
        _write(self.asked.content, files)
        print(message(self.lang, "new-done", files=listed))
        return DONE

    def _answers(self) -> dict[str, Any] | None:
        """The record as far as it is answered; None when an option can't be."""
        from cnnt_site.desk.new_record import questions

        said: dict[str, Any] = {}
        given = self._given()
        for language in [each.partition("=")[0] for each in self.asked.name_in]:
            if language not in self.languages:
                self._complain(message(self.lang, "new-language", written=language, known=", ".join(self.languages)))
                return None
        for question in questions(self.kind, self.languages):
            done = self._asked(question, said) if self.asks else self._read(question, given, said)
            if done is None:
                return None
            said = done
        return said

    def _given(self) -> dict[str, str]:
        """The answers that stand in options, by the question's option."""
        given = {key.replace("_", "-"): value for key, value in vars(self.asked).items() if isinstance(value, str)}
        given |= {
            f"name-{language}": text for language, _, text in (each.partition("=") for each in self.asked.name_in)
        }
        if self.asked.name is not None:
            given[f"name-{self.languages[0]}"] = self.asked.name
        return given

    def _read(self, question: Question, given: dict[str, str], said: dict[str, Any]) -> dict[str, Any] | None:
        """The record with an answer from the options; None after telling what is wrong with it."""
        answer = given.get(question.option, "").strip()
        return self._with(question, answer, said) if answer or question.needed else said

    def _asked(self, question: Question, said: dict[str, Any]) -> dict[str, Any]:
        """The record with an answer that a person types, asked again until it fits."""
        from cnnt_site.desk.fields import described
        from cnnt_site.desk.new_record import choice_of

        about = described(question.words, self.lang)
        language = f" ({question.language})" if question.language else ""
        print(f"\n{about.label}{language}: {about.help}")
        if question.leads_to:
            known = choice_of(self.records, question.leads_to).known
            for number, (id_, name) in enumerate(known.items(), start=1):
                if len(known) <= LONGEST_LIST:
                    print(f"  {number:>3}  {name}  [{id_}]")
        prompt = "> " if question.needed else message(self.lang, "new-optional")
        prompt = message(self.lang, "new-choose") if question.leads_to else prompt
        while True:
            answer = input(prompt).strip()
            if not answer:
                if not question.needed:
                    return said
                self._complain(message(self.lang, "new-needed"))
                continue
            done = self._with(question, answer, said)
            if done is not None:
                return done

    def _with(self, question: Question, answer: str, said: dict[str, Any]) -> dict[str, Any] | None:
        """The record with an answer; None after telling what is wrong with it."""
        from cnnt_site.desk.new_record import choice_of, with_answer, wrong_with

        if question.leads_to:
            choice = choice_of(self.records, question.leads_to)
            found = choice.find(answer)
            if found is None:
                guess = choice.guess(answer)
                hint = f" {message(self.lang, 'guess', guess=guess)}" if guess else ""
                self._complain_of(question, message(self.lang, "new-unknown", written=answer) + hint)
                return None
            answer = found
        done = with_answer(said, question.place, answer)
        wrong = wrong_with(self.kind, done, self.languages)
        for problem in wrong[:1]:
            worded, details = problem_wording()[problem.code][self.lang], dict(problem.details)
            filled = {"guess": "", "written": answer, **details}
            sentences = (worded[part].format_map(filled) for part in ("what", "cure"))
            self._complain_of(question, " ".join(sentences))
        return None if wrong else done

    def _id(self, said: dict[str, Any]) -> str | None:
        """The id that was given, typed, or proposed; None after telling why one can't be."""
        from cnnt_site.desk.new_record import proposed_id

        proposal = proposed_id(self.kind, said, self.records, self.ledger)
        if not self.asks:
            id_ = self.asked.id or proposal
            return id_ if self._fits(id_, proposal) else None
        while True:
            id_ = input("\n" + message(self.lang, "new-ask-id", proposal=proposal)).strip() or proposal
            if self._fits(id_, proposal):
                return id_

    def _fits(self, id_: str, proposal: str) -> bool:
        from cnnt_site.desk.new_record import refused_id

        reason = refused_id(self.kind, id_, self.records, self.ledger)
        told = {
            "new-id-form": message(self.lang, "new-id-form", id=id_),
            "new-id-reserved": message(self.lang, "new-id-reserved", id=id_),
            "new-id-taken": message(self.lang, "new-id-taken", id=id_),
            "new-id-once": message(self.lang, "new-id-once", id=id_),
        }
        if reason:
            self._complain(f"{told[reason]} {message(self.lang, 'guess', guess=proposal)}")
        return not reason

    def _complain_of(self, question: Question, sentence: str) -> None:
        """Says what is wrong with an answer: of which option, where nobody was asked."""
        self._complain(sentence if self.asks else f"--{question.option}: {sentence}")

    @staticmethod
    def _complain(sentence: str) -> None:
        print(sentence, file=sys.stderr)


def _write(content: Path, files: dict[str, bytes]) -> None:
    """Writes the folder of a record beside its place and moves it there whole."""
    folder = content / Path(next(iter(files))).parent
    begun = folder.with_name(f".{folder.name}.tmp")
    begun.mkdir(parents=True)
    for path, data in files.items():
        (begun / Path(path).name).write_bytes(data)
    begun.rename(folder)
