"""What the README shows is what the program takes and says."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from cnnt_site.cli import PROJECT
from tests.harness.sites import picture, site_from

README = (PROJECT / "README.md").read_text("utf-8")

LISTS = """\
--- places/provinces.yaml
tinh-thu:
  name: {vi: tỉnh Thử, en: Thử Province}
  short: {vi: Thử, en: Thử}
dong-thap:
  name: {vi: tỉnh Đồng Tháp, en: Đồng Tháp Province}
  short: {vi: Đồng Tháp, en: Đồng Tháp}
--- places/districts.yaml
tinh-thu/huyen-mot:
  province: tinh-thu
  name: {vi: huyện Một, en: Một District}
  short: {vi: Một, en: Một}
dong-thap/huyen-lap-vo:
  province: dong-thap
  name: {vi: huyện Lấp Vò, en: Lấp Vò District}
  short: {vi: Lấp Vò, en: Lấp Vò}
--- illustrations/illustrations.yaml
chieu-lac:
  file: chieu-lac.svg
  represents: {vi: chiếu, en: mat}
  alt: {vi: hình vẽ chiếu, en: drawing of a mat}
  author: Người vẽ
  licence: {vi: Dùng lại được, en: May be reused}
--- illustrations/chieu-lac.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6v6H1z"/></svg>
"""


def test_the_samples_are_right_as_they_stand(tmp_path: Path) -> None:
    samples = re.findall(r"^### A (\w+)\n.*?```yaml\n(.*?)```", README, re.M | re.S)
    assert [name for name, _ in samples] == ["product", "certificate", "producer", "photo", "fair"]
    said = dict(samples)
    site = site_from(tmp_path, LISTS)
    product = said["product"] + said["certificate"] + said["photo"]
    site.write("products/chieu-lac-dinh-yen/product.yaml", product)
    site.write("producers/ten-co-so/producer.yaml", said["producer"])
    site.write("fairs/hoi-cho-cong-thuong-2027/fair.yaml", said["fair"])
    photo = re.search(r"file: (\S+)", said["photo"])
    assert photo
    site.write(f"products/chieu-lac-dinh-yen/photos/{photo[1]}", picture("JPEG", "RGB", "600x400"))
    done = site.run("check", "--base-url", "https://vi-du.example/")
    assert done.code == 0, done.err
    assert not re.search(": (error|warning): ", done.err), done.err


def test_the_problem_it_shows_is_told_so(tmp_path: Path) -> None:
    shown = re.search(r"```\n(content/products/.*?)```", README, re.S)
    assert shown
    site = site_from(
        tmp_path,
        """\
--- producers/bay-nghia/producer.yaml
name: {vi: Hộ kinh doanh Bảy Nghĩa}
--- products/tranh-sen-bay-nghia/product.yaml
name:
  vi: Tranh sen
  en: Lotus picture
summary:
  vi: Tranh ghép từ lá sen khô.
  en: A picture made of dried lotus leaf.
producer: bay-nghai
""",
    )
    assert shown[1] in site.run("build", "--lang", "vi").err


def test_its_pictures_are_there_and_light() -> None:
    named = re.findall(r"!\[[^]]+\]\((docs/[^)]+)\)", README)
    assert len(named) == 4
    for name in named:
        file = PROJECT / name
        assert file.stat().st_size < 200_000, name
        with Image.open(file) as opened:
            assert min(opened.size) > 600, name
