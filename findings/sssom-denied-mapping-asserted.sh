#!/bin/sh
# sssom's OWL says that two things are the same where the mapping says that they are not.
#
# One expects: a mapping with predicate_modifier Not, which SSSOM has for "A is not B",
#   becomes no triple "A sameAs B" in any format, or the conversion refuses it.
# What happens: converted to OWL, "Zao is not the firm 13" is the triple
#   zao owl:sameAs 13, with the denial in an annotation beside it that no reasoner
#   reads; one pass of OWL RL makes Zao, 12 and 13 one. OntoPortal's JSON has no denial
#   at all. As RDF, by the same command, the denied pair is no triple.
# Version: sssom 0.4.21 of PyPI, with sssom-schema 1.1.0a5; owlrl 7.6.2.
# Why it matters to evidence graphs: the decision that two records are of different
#   people is the costly one. Handed on in the format made for it, and read with the
#   usual tools, it says the opposite.
#
# Needs python3 with venv, and PyPI. Exits 1 if sssom answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv env
env/bin/pip -q install sssom==0.4.21 sssom-schema==1.1.0a5 linkml==1.12.1 curies==0.15.7 rdflib==7.6.0 pandas==3.1.1 owlrl==7.6.2
cat > decisions.py <<'PY'
head = """#curie_map:
#  ex: https://ex.example/
#  list: https://list.example/
#  owl: http://www.w3.org/2002/07/owl#
#  semapv: https://w3id.org/semapv/vocab/
#mapping_set_id: https://ex.example/decisions
#license: https://creativecommons.org/publicdomain/zero/1.0/
"""
rows = [
    "subject_id predicate_id predicate_modifier object_id mapping_justification confidence",
    "ex:zao owl:sameAs  list:12 semapv:ManualMappingCuration 0.9",
    "ex:zao owl:sameAs Not list:13 semapv:ManualMappingCuration 0.9",
]
with open("decisions.sssom.tsv", "w") as file:
    file.write(head + "".join(row.replace(" ", "\t") + "\n" for row in rows))
PY
env/bin/python decisions.py
env/bin/sssom validate decisions.sssom.tsv > validated 2>&1 || { cat validated; exit 1; }
for format in owl rdf ontoportal_json; do
  env/bin/sssom convert decisions.sssom.tsv -O "$format" -o "out.$format"
done
cat > read.py <<'PY'
import json
from importlib.metadata import version

import owlrl
import rdflib

print("sssom", version("sssom"))
same = rdflib.OWL.sameAs
firm = {n: rdflib.URIRef(f"https://list.example/{n}") for n in (12, 13)}
zao = rdflib.URIRef("https://ex.example/zao")
for name in "owl", "rdf":
    graph = rdflib.Graph().parse(f"out.{name}", format="turtle")
    print(name, "says zao is 13:", (zao, same, firm[13]) in graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    print(name, "entails 12 is 13:", (firm[12], same, firm[13]) in graph)
listed = json.load(open("out.ontoportal_json"))
print("ontoportal_json:", len(listed), "mappings,", json.dumps(listed).count("Not"), "denied")
PY
env/bin/python read.py | tee answer
cat > expected <<'TEXT'
sssom 0.4.21
owl says zao is 13: True
owl entails 12 is 13: True
rdf says zao is 13: False
rdf entails 12 is 13: False
ontoportal_json: 2 mappings, 0 denied
TEXT
diff expected answer
