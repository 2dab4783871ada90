#!/bin/sh
# Two positive judgements overrule a negative one in nomenklatura, and nobody is told.
#
# One expects: after "A is not B", saying "C is A" and "C is B" is refused, or asked
#   about, or A and B stay two entities; the resolver itself answers that C is no
#   candidate for B, once it is A.
# What happens: decide() takes it. A, B and C become one entity, the judgement on A and
#   B reads positive, `nomenklatura apply` writes one entity with the names of all and
#   ends with 0. The negative judgement stays in the table, where nothing reads it any
#   more. If the negative judgement comes last it is the same.
# Version: nomenklatura 4.17.4, followthemoney 4.11.2.
# Why it matters to evidence graphs: "not the same person" is the most careful thing a
#   researcher decides, and two others undo it without knowing, from either side. What
#   is exported then says of one what was said of the other.
#
# Needs python3 with venv, and PyPI. Exits 1 if nomenklatura answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install nomenklatura==4.17.4 followthemoney==4.11.2
env/bin/python -c 'import nomenklatura; print("nomenklatura", nomenklatura.__version__)'

cat > entities.ijson <<'JSON'
{"id": "court-a", "schema": "Person", "properties": {"name": ["Jan Novak"], "birthDate": ["1950"]}, "datasets": ["d"]}
{"id": "registry-b", "schema": "Person", "properties": {"name": ["Jan Novak jr."], "birthDate": ["1981"]}, "datasets": ["d"]}
{"id": "press-c", "schema": "Person", "properties": {"name": ["J. Novak"]}, "datasets": ["d"]}
JSON

cat > decide.py <<'PY'
import sys

from nomenklatura.db import make_session
from nomenklatura.judgement import Judgement
from nomenklatura.resolver import Resolver

a, b, c = "court-a", "registry-b", "press-c"
decisions = [(a, b, Judgement.NEGATIVE), (a, c, Judgement.POSITIVE), (c, b, Judgement.POSITIVE)]
if sys.argv[1] == "last":
    decisions.append(decisions.pop(0))
with make_session() as session:
    resolver = Resolver(session, create=True)
    resolver.load_into_memory()
    for left, right, judgement in decisions:
        free = "is" if resolver.check_candidate(left, right) else "is no"
        print(f"{right} {free} candidate for {left}; judged {judgement.value}")
        resolver.decide(left, right, judgement, user="ann")
    print("then", a, "and", b, "read", resolver.get_judgement(a, b).value)
    kept = [edge for edge in resolver.get_judgements() if edge.judgement == Judgement.NEGATIVE]
    print("negative judgements in the table:", len(kept))
PY

for when in first last; do
	echo "negative $when:"
	export NOMENKLATURA_DB_URL="sqlite:///$dir/$when.db"
	env/bin/python decide.py "$when"
	code=0
	env/bin/nomenklatura apply entities.ijson -o merged.ijson >log 2>&1 || code=$?
	env/bin/python -c '
import json
merged = [json.loads(line) for line in open("merged.ijson")]
for at in sorted({e["id"] for e in merged}):
    names = sorted(n for e in merged if e["id"] == at for n in e["properties"]["name"])
    print("applied: one entity of", ", ".join(names))
'
	echo "exit code $code"
done | tee got

cat > want <<'WANT'
negative first:
registry-b is candidate for court-a; judged negative
press-c is candidate for court-a; judged positive
registry-b is no candidate for press-c; judged positive
then court-a and registry-b read positive
negative judgements in the table: 1
applied: one entity of J. Novak, Jan Novak, Jan Novak jr.
exit code 0
negative last:
press-c is candidate for court-a; judged positive
registry-b is candidate for press-c; judged positive
registry-b is no candidate for court-a; judged negative
then court-a and registry-b read positive
negative judgements in the table: 1
applied: one entity of J. Novak, Jan Novak, Jan Novak jr.
exit code 0
WANT
diff want got
