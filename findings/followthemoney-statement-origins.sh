#!/bin/sh
# followthemoney's statements of two origins are one: pack keeps the last, aggregation the first.
#
# One expects: two statements of one value, from two origins and seen on different
#   days, stay two in every format of statements, and an entity with its statements
#   has both, or something says that one is left out.
# What happens: origin, original value and days are no part of a statement's id, so
#   both have one. As CSV and JSON lines they stay two; format-statements to pack
#   writes the last of them, aggregate-statements --statements keeps the first. The
#   exit code is 0, and nothing is said.
# Version: followthemoney 4.11.2.
# Why it matters to evidence graphs: who said it, and since when, depends on the format
#   that the data passed through on its way.
#
# Needs python3 with venv, and PyPI. Exits 1 if followthemoney answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install followthemoney==4.11.2
env/bin/python -c 'import followthemoney; print("followthemoney", followthemoney.__version__)'

cat > two.csv <<'CSV'
canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,first_seen,last_seen,id
p1,p1,name,name,Person,Ann Lee,d,registry,,ANN LEE,f,2020-01-01,2020-01-01,
p1,p1,name,name,Person,Ann Lee,d,court,,"Lee, Ann",f,2024-06-01,2024-06-01,
CSV

{
	for format in csv json pack; do
		env/bin/ftm format-statements -f csv -x "$format" -i two.csv -o "out.$format"
		echo "$format: exit code $?, origins:" $(grep -oE 'registry|court' "out.$format")
	done
	env/bin/ftm aggregate-statements --statements -d d -f csv -i two.csv -o entity.json
	echo "aggregated: exit code $?, origins:" $(grep -oE 'registry|court' entity.json)
} | tee got

cat > want <<'WANT'
csv: exit code 0, origins: registry court
json: exit code 0, origins: registry court
pack: exit code 0, origins: court
aggregated: exit code 0, origins: registry
WANT
diff want got
