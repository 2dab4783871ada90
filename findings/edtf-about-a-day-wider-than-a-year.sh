#!/bin/sh
# For python-edtf "about 4 April 2008" is 26 months, and further off than "about 2008".
#
# One expects: the more exactly a date is given, the narrower is the time it can mean:
#   about a day is a matter of days, about a month of months. edtf's own README has
#   a month on each side for about a month.
# What happens: a mark at the end of a date speaks of year, month and day, and
#   lower_fuzzy() and upper_fuzzy() add what each of the three is padded by. About a
#   year has a year on each side, about a month a year and a month, about a day a
#   year, a month and a day. Written before the day, the same mark is one day.
# Version: edtf 5.0.2 of PyPI.
# Why it matters to evidence graphs: these bounds are what such dates are filtered and
#   compared by. A payment of about 4 April 2008 then overlaps, and so does not
#   contradict, one of March 2007.
#
# Needs python3 with venv, and PyPI. Exits 1 if edtf answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install edtf==5.0.2 pyparsing==3.2.3 python-dateutil==2.9.0.post0
cat > bounds.py <<'PY'
from importlib.metadata import version

from edtf import parse_edtf

print("edtf", version("edtf"))
for text in "2008~ 2008-04~ 2008-04-04~ 2008-04-~04 2008-04-04".split():
    date = parse_edtf(text)
    first, last = ("%04d-%02d-%02d" % bound[:3] for bound in (date.lower_fuzzy(), date.upper_fuzzy()))
    print(f"{text:12} {first} {last}")
PY
env/bin/python bounds.py | tee answer
cat > expected <<'TEXT'
edtf 5.0.2
2008~        2007-01-01 2009-12-31
2008-04~     2007-03-01 2009-05-30
2008-04-04~  2007-03-03 2009-05-05
2008-04-~04  2008-04-03 2008-04-05
2008-04-04   2008-04-04 2008-04-04
TEXT
diff expected answer
