import pytest

from catalogue.readers.formats import FORMATS, detect, files_in
from catalogue.readers.rows import BrokenFile

from .profiles import export, profile

EXAMPLES = [
    ("kinopost", '{"record": "plan"}\n'),
    ("kinopost", '\ufeff\n {"slug": "x", "record" : "title"}'),
    ("us-films", '[\n{"year": 1950, "title": "Test"}]'),
    ("us-films", "[ ]"),
    ("cannes", "year,title,original_title,director\n"),
    ("cannes", '\ufeff"Year","Title","IMDB_URL"\r\n'),
    ("dvd-profiler", export(profile())),
    ("dvd-profiler", export(profile(), encoding="utf-16")),
    ("dvd-profiler", "<!--DVD Profiler Collection Export--><Collection/>"),
]


@pytest.mark.parametrize("name, content", EXAMPLES)
def test_a_file_is_known_by_its_content(sample, name, content):
    assert detect(sample(content)) == name
    assert name in FORMATS


@pytest.mark.parametrize(
    "content, said",
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("Permission is hereby granted", "DVD Profiler collection"),
        ('{"title": "Test"}', "Kinopost export"),
        ("[1, 2]", "US films"),
        ("<html><body/></html>", "can be imported"),
        (b"\x89PNG\r\n\x1a\n\0\0", "can be imported"),
    ],
)
def test_other_files_are_refused(sample, content, said):
    path = sample(content, "films.json")
    with pytest.raises(BrokenFile, match=said) as broken:
        detect(path)
    assert str(path) in str(broken.value)


def test_a_folder_gives_the_files_that_may_be_films(tmp_path):
    for name in ["b.json", "a.xml", "LICENSE", "README.md", ".hidden.json", "c/d.CSV", "c/a.jsonl"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    named = tmp_path / "LICENSE"
    files = files_in([named, tmp_path, tmp_path / "none"])
    assert [str(file.relative_to(tmp_path)) for file in files] == [
        "LICENSE",
        "a.xml",
        "b.json",
        "c/a.jsonl",
        "c/d.CSV",
        "none",
    ]
