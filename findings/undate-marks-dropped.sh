#!/bin/sh
# undate reads EDTF's marks of doubt, and what it has read is certain.
#
# One expects: a library for uncertain dates keeps that a date is approximate (~) or
#   uncertain (?), or refuses what it cannot keep, as it refuses a half-year.
# What happens: "2008-04-04~" is read without a word, equals 2008-04-04, and is written
#   as EDTF without its mark; so are both ends of "1990~/1993~".
# Version: undate 0.8.0 of PyPI.
# Why it matters to evidence graphs: "about" is part of what a source says. A trip
#   through this library makes an estimate a fact, and two sources that differ by a day,
#   one of which said "about", contradict each other.
#
# Needs python3 with venv, and PyPI. Exits 1 if undate answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install undate==0.8.0
cat > marks.py <<'PY'
from importlib.metadata import version

from undate import Undate

print("undate", version("undate"))
for text in "2008-04-04~ 2008-04? 2008% 1990~/1993~ 199X".split():
    date = Undate.parse(text, "EDTF")
    print(text, "is written", date.format("EDTF"))
print("equal:", Undate.parse("2008-04-04~", "EDTF") == Undate.parse("2008-04-04", "EDTF"))
try:
    Undate.parse("2006-41", "EDTF")
except ValueError as error:
    print(error)
PY
env/bin/python marks.py | tee answer
cat > expected <<'TEXT'
undate 0.8.0
2008-04-04~ is written 2008-04-04
2008-04? is written 2008-04
2008% is written 2008
1990~/1993~ is written 1990/1993
199X is written 199X
equal: True
Parsing failed: '2006-41' is not a supported EDTF date format
TEXT
diff expected answer
