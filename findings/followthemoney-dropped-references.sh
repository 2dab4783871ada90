#!/bin/sh
# followthemoney's validate keeps ids that it then refuses as references.
#
# One expects: an id that an entity may have may stand in a property that points
#   to that entity, or validate says what is wrong and exits with an error.
# What happens: ids with a slash, as every IRI has, are kept as the ids of
#   entities; as the owner and the asset of an Ownership they are dropped. The
#   entity comes out without its ends, nothing is said, and the exit code is 0.
#   aggregate does the same. With dashes for slashes everything stays.
# Version: followthemoney 4.11.2.
# Why it matters to evidence graphs: a graph whose ids are IRIs loses every edge
#   on its way through, and what is left still validates.
#
# Needs python3 with venv, and PyPI. Exits 1 if followthemoney answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install followthemoney==4.11.2
env/bin/python -c 'import followthemoney; print("followthemoney", followthemoney.__version__)'

cat > iris.json <<'JSON'
{"id":"https://a.example/person/ann","schema":"Person","properties":{"name":["Ann Lee"]}}
{"id":"https://a.example/company/blue","schema":"Company","properties":{"name":["Blue Line"]}}
{"id":"own-1","schema":"Ownership","properties":{"owner":["https://a.example/person/ann"],"asset":["https://a.example/company/blue"],"percentage":["40"]}}
JSON
sed 's#https://a.example/##g; s#/#-#g' iris.json > dashes.json

for verb in validate aggregate; do
	for file in iris dashes; do
		code=0
		env/bin/ftm "$verb" -i "$file.json" -o "$file.out" || code=$?
		echo "$verb $file: exit code $code"
		grep '"own-1"' "$file.out" | env/bin/python -c '
import json, sys
for line in sys.stdin:
    print("  ", json.dumps(json.loads(line)["properties"], sort_keys=True))'
	done
done | tee got

cat > want <<'WANT'
validate iris: exit code 0
   {"percentage": ["40"]}
validate dashes: exit code 0
   {"asset": ["company-blue"], "owner": ["person-ann"], "percentage": ["40"]}
aggregate iris: exit code 0
   {"percentage": ["40"]}
aggregate dashes: exit code 0
   {"asset": ["company-blue"], "owner": ["person-ann"], "percentage": ["40"]}
WANT
diff want got
