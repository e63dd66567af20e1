"""Makes content of any size for measuring: `python bench/corpus.py DIR --products 5000 --photos 0`.

Everything is invented and says so; the same numbers give the same bytes. Producers are a third of the
products, certificates one to three each, texts about 150 words in two languages. Photographs are
12 megapixels, one each for the first products; a hundred different ones are made and then repeated.
"""

from __future__ import annotations

import argparse
import io
import random
import re
from pathlib import Path

SEED = 20_261_124
DIFFERENT_PHOTOS = 100
DISTRICTS = 12
COMMUNES_IN_A_DISTRICT = 8
YEARS = range(2014, 2026)
NOUNS = (
    ("Mắm", "Fish sauce"),
    ("Khô cá", "Dried fish"),
    ("Trà sen", "Lotus tea"),
    ("Hạt sen", "Lotus seeds"),
    ("Bánh phồng", "Crackers"),
    ("Xoài sấy", "Dried mango"),
    ("Mật ong", "Honey"),
    ("Gạo đỏ", "Red rice"),
    ("Chiếu lác", "Sedge mat"),
    ("Giỏ lục bình", "Hyacinth basket"),
)
KINDS = (
    ("đặc biệt", "special"),
    ("truyền thống", "traditional"),
    ("hữu cơ", "organic"),
    ("nguyên chất", "pure"),
    ("gia truyền", "family"),
)
NAMES = (
    "Hồng",
    "Mai",
    "Lan",
    "Tuyết",
    "Thảo",
    "Ngọc",
    "Hạnh",
    "Phúc",
    "Minh",
    "Quang",
    "Thành",
    "Đức",
    "Hòa",
    "Bình",
    "An",
    "Khánh",
    "Tâm",
    "Nghĩa",
    "Lộc",
    "Thọ",
)
_VI = """sản phẩm được làm từ nguyên liệu của vùng đất ven sông nơi người dân giữ nghề qua nhiều thế hệ mỗi mẻ đều
được chọn lựa kỹ càng phơi dưới nắng sớm đóng gói cẩn thận bảo quản nơi khô ráo thoáng mát tránh ánh nắng trực tiếp"""
_EN = """the product is made from what grows on the land along the river where families have kept the craft for many
generations every batch is chosen with care dried in the early sun packed well and kept in a cool dry place"""
WORDS = {"vi": re.split(r"\s+", _VI), "en": re.split(r"\s+", _EN)}
HEADINGS = {"vi": ("Đặc điểm", "Bảo quản"), "en": ("Features", "Storage")}

SITE = """\
name: {vi: Trang đo tốc độ, en: Benchmark showroom}
tagline: {vi: Dữ liệu bịa để đo, en: Invented data for measuring}
description: {vi: Dữ liệu bịa để đo tốc độ., en: Invented data for measuring speed.}
term: {vi: sản phẩm công nghiệp nông thôn tiêu biểu, en: typical rural industrial product}
languages: [vi, en]
updated: 2026-01-01
programme: cnnt
province: tinh-thu
home: {title: {vi: Trang đo, en: Benchmark}, lede: {vi: Dữ liệu bịa., en: Invented data.}}
"""
TAXONOMIES = {
    "programmes": "cnnt: {name: {vi: Chương trình thử, en: Trial programme}, short: {vi: CNNT, en: CNNT}}\n",
    "producer-kinds": "household: {label: {vi: Hộ kinh doanh, en: Household business}}\n",
    "levels": "".join(
        f"{id_}: {{programme: cnnt, step: {step}, label: {{vi: {vi}, en: {en}}}, slug: {{vi: {slug}, en: {id_}}}}}\n"
        for step, (id_, vi, en, slug) in enumerate(
            (
                ("district", "Cấp huyện", "District level", "huyen"),
                ("province", "Cấp tỉnh", "Provincial level", "tinh"),
                ("region", "Cấp khu vực", "Regional level", "khu-vuc"),
                ("nation", "Cấp quốc gia", "National level", "quoc-gia"),
            ),
            start=1,
        )
    ),
    "product-groups": "".join(
        f"{id_}: {{label: {{vi: {vi}, en: {en}}}, slug: {{vi: {id_}, en: {id_}}}}}\n"
        for id_, vi, en in (
            ("food", "Thực phẩm", "Food"),
            ("drinks", "Đồ uống", "Drinks"),
            ("crafts", "Thủ công", "Crafts"),
        )
    ),
}


def write(folder: Path, products: int, photos: int = 0) -> None:
    """Writes a content folder with so many products, the first `photos` of them with a photograph."""
    dice = random.Random(SEED)
    write_lists(folder)
    _places(folder)
    makers = max(1, products // 3)
    for number in range(makers):
        _producer(folder / f"producers/co-so-{number:05d}", dice)
    pictures = photographs(min(photos, DIFFERENT_PHOTOS))
    for number in range(products):
        picture = pictures[number % len(pictures)] if number < photos else b""
        _product(folder / f"products/san-pham-{number:05d}", number, dice.randrange(makers), dice, picture)


def write_lists(folder: Path) -> None:
    """Writes what every such catalogue has: the site, its taxonomies, its one province."""
    put(folder / "site.yaml", SITE)
    for name, text in TAXONOMIES.items():
        put(folder / f"taxonomies/{name}.yaml", text)
    name = "{vi: tỉnh Thử, en: Thử Province}"
    put(folder / "places/provinces.yaml", f"tinh-thu: {{name: {name}, short: {{vi: Thử, en: Thử}}}}\n")


def _places(folder: Path) -> None:
    districts, communes = [], []
    for number in range(DISTRICTS):
        name = NAMES[number]
        districts.append(
            f"tinh-thu/huyen-{number}: {{province: tinh-thu, name: {{vi: huyện {name}, en: {name} District}}, "
            f"short: {{vi: {name}, en: {name}}}}}\n"
        )
        for part in range(COMMUNES_IN_A_DISTRICT):
            communes.append(
                f"tinh-thu/xa-{number}-{part}: {{province: tinh-thu, "
                f"name: {{vi: xã {name} {part}, en: {name} {part} Commune}}, "
                f"parts: [{{name: xã Cũ {part}, district: tinh-thu/huyen-{number}}}]}}\n"
            )
    put(folder / "places/districts.yaml", "".join(districts))
    put(folder / "places/communes.yaml", "".join(communes))


def _producer(folder: Path, dice: random.Random) -> None:
    name = f"{dice.choice(NAMES)} {dice.choice(NAMES)}"
    district, part = dice.randrange(DISTRICTS), dice.randrange(COMMUNES_IN_A_DISTRICT)
    place = f"{{address: {dice.randint(1, 400)} ấp Một, commune: xã Cũ {part}, district: tinh-thu/huyen-{district}}}"
    text = f"name: {{vi: Cơ sở {name}, en: {name} Workshop}}\nkind: household\nplace: {place}\n"
    put(folder / "producer.yaml", text)


def _product(folder: Path, number: int, maker: int, dice: random.Random, picture: bytes) -> None:
    (noun, thing), (kind, sort), name = dice.choice(NOUNS), dice.choice(KINDS), dice.choice(NAMES)
    vi, en = f"{noun} {kind} {name} {number}", f"{sort.capitalize()} {thing.lower()} {name} {number}"
    lines = [
        f"name: {{vi: {vi}, en: {en}}}",
        "summary:",
        f"  vi: {_sentence(dice, 'vi')}".replace("*", ""),
        f"  en: {_sentence(dice, 'en')}".replace("*", ""),
        f"producer: co-so-{maker:05d}",
        f"group: {dice.choice(('food', 'drinks', 'crafts'))}",
        "certificates:",
    ]
    year = dice.choice(YEARS[:-4])
    for level in dice.sample(("district", "province", "region", "nation"), dice.randint(1, 3)):
        lines += [
            f"  - level: {level}",
            f"    year: {year}",
            f"    number: {dice.randint(1, 999)}/CN-{year}",
            f"    issued_on: {year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        ]
        year = min(year + dice.randint(1, 3), YEARS[-1])
    if picture:
        lines += [
            "photos:",
            "  - file: 1.jpg",
            f"    alt: {{vi: {vi}, en: {en}}}",
            "    author: Máy",
            "    rights_holder: Máy",
            "    licence: {vi: Ảnh do máy làm, en: Made by a machine}",
            "    permission: {date: 2026-01-01, by: Máy}",
        ]
        (folder / "photos").mkdir(parents=True, exist_ok=True)
        (folder / "photos/1.jpg").write_bytes(picture)
    put(folder / "product.yaml", "\n".join(lines) + "\n")
    for lang in ("vi", "en"):
        put(folder / f"{lang}.md", _text(dice, lang))


def _sentence(dice: random.Random, lang: str) -> str:
    words, start = WORDS[lang], dice.randrange(40)
    chosen = [words[(start + step) % len(words)] for step in range(dice.randint(9, 16))]
    if dice.random() < 0.4:
        chosen[3] = f"**{chosen[3]}**"
    return " ".join(chosen).capitalize().replace(",", "") + "."


def _text(dice: random.Random, lang: str) -> str:
    first, second = HEADINGS[lang]
    return (
        "\n\n".join(
            (
                " ".join(_sentence(dice, lang) for _ in range(4)),
                f"## {first}",
                "\n".join(f"- {_sentence(dice, lang)}" for _ in range(4)),
                f"## {second}",
                " ".join(_sentence(dice, lang) for _ in range(4)),
            )
        )
        + "\n"
    )


def photographs(count: int) -> list[bytes]:
    """Noise in several grains under shapes: about as hard to decode and to encode as a photograph."""
    from PIL import Image, ImageDraw

    dice, made = random.Random(SEED), []
    for _ in range(count):
        photo = Image.new("RGB", (4000, 3000), tuple(dice.randrange(40, 220) for _ in range(3)))
        for grain, strength in ((8, 0.5), (60, 0.3), (500, 0.15), (2000, 0.08)):
            noise = Image.frombytes("RGB", (grain, grain * 3 // 4), dice.randbytes(grain * (grain * 3 // 4) * 3))
            photo = Image.blend(photo, noise.resize(photo.size, Image.Resampling.BICUBIC), strength)
        draw = ImageDraw.Draw(photo)
        for _ in range(40):
            x, y, size = dice.randrange(4000), dice.randrange(3000), dice.randrange(50, 500)
            colour = tuple(dice.randrange(256) for _ in range(3))
            draw.ellipse((x, y, x + size, y + size * dice.uniform(0.4, 1)), outline=colour, width=dice.randrange(2, 20))
        target = io.BytesIO()
        photo.save(target, "JPEG", quality=90)
        made.append(target.getvalue())
    return made


def put(path: Path, text: str) -> None:
    """Writes a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--products", type=int, required=True)
    parser.add_argument("--photos", type=int, default=0)
    asked = parser.parse_args()
    write(asked.folder, asked.products, asked.photos)
