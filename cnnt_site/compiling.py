"""What templates are compiled to: the template language's own code with the detours left out that pages pay for.

A page shows thousands of values and calls hundreds of macros. The language lets any of them ask for its
context, or for the way in which it escapes; no function of ours does, and all our pages are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from keyword import iskeyword
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode, missing

from cnnt_site.escaping import marked, shown


class DirectCode(CodeGenerator):
    """Calls functions and macros as Python does, and shows values by way of `shown`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The template as a module, in which these names mean what is here."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {DirectMacro.__name__} as Macro, {shown.__name__} as escape")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """The inside of a template or block, handed on in one piece: each piece costs a step in all that it is in."""
        body = list(body)
        whole = (frame.rootlevel or frame.block_frame) and frame.buffer is None and not frame.require_output_check
        if not whole or any(not each.with_context for node in body for each in _includes(node)):
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """An attribute. One that isn't there raises AttributeError: `CarefulCode` knows what is meant then."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A call with plain arguments; the others go the language's own way."""
        given = [*node.args, *node.kwargs]
        odd = node.dyn_args or node.dyn_kwargs or any(iskeyword(keyword.key) for keyword in node.kwargs)
        if forward_caller or odd:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in given:
            self.visit(each, frame)
            self.write(", ")
        self.write(")")


class CarefulCode(DirectCode):
    """The same for values that may lack an attribute, or are dictionaries."""

    visit_Getattr = CodeGenerator.visit_Getattr  # noqa: N815


class PageEnvironment(jinja2.Environment):
    """An environment whose templates are compiled as `code` does."""

    def __init__(self, code: type[CodeGenerator], **options: Any) -> None:
        super().__init__(**options)
        self.code_generator_class, self.template_class = code, PageTemplate
        self.included: list[Context] = []

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: plain, as every import and every page goes through them."""
        return {**self.globals, **(d or {})}


class PageTemplate(jinja2.Template):
    """A template that lets go of what it showed, so that views need not wait until circles are looked for.

    Macros hold the context that they were made in, and that holds them and the view.
    """

    environment: PageEnvironment

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 (named so by the language, as is `locals`)
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> Context:
        """A context; a `shared` one, as of what a page includes, only for as long as the page is rendered."""
        context = super().new_context(vars, shared, locals)
        if shared:
            self.environment.included.append(context)
        return context

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The template, filled."""
        context, included = self.new_context(dict(*args, **kwargs)), self.environment.included
        try:
            return self.environment.concat(self.root_render_func(context))
        except Exception:
            self.environment.handle_exception()
        finally:
            for each in (context, *included):
                each.vars.clear()
            included.clear()


def _includes(node: nodes.Node) -> Iterator[nodes.Include]:
    return iter([node]) if isinstance(node, nodes.Include) else node.find_all(nodes.Include)


class DirectMacro(Macro):
    """A macro that sorts its arguments only when they need to be.

    `code` tells it from all others, and is the same whenever its template makes it anew.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.code = id(self._func.__code__)
        self._gaps = (missing,) * self._argument_count
        self._takes_more = self.caller or self.catch_kwargs or self.catch_varargs

    @internalcode
    def __call__(self, *given: Any, **named: Any) -> str:
        """What the macro makes of its arguments."""
        if named or self._takes_more or len(given) > self._argument_count:
            return super().__call__(*given, **named)
        return marked(self._func(*given, *self._gaps[len(given) :]))
