#!/bin/sh
# rdf-canonize gives two quotations in different languages one canonical form, if
# they have a direction of text.
#
# One expects: canonical N-Quads of what N3.js has read tell a literal in Arabic
#   from one in Hebrew; a term that the algorithm does not know is an error, as a
#   triple term is.
# What happens: N3.js reads "x"@ar--rtl, the directional language string of RDF 1.2.
#   rdf-canonize writes it as "x"^^rdf:dirLangString, without language and direction,
#   a form that RDF 1.2 does not allow. "x"@ar--rtl, "x"@he--rtl and "x"@he--ltr get
#   the same lines, and so the same hash. No error, no warning.
# Version: rdf-canonize 5.0.0, n3 2.13.12; pyoxigraph 0.5.13 beside it keeps both.
# Why it matters to evidence graphs: a hash that is to prove that nobody has touched
#   a quotation stays the same when its language is changed.
#
# Needs node, npm, python3, and the registries of npm and PyPI. Exits 1 if the
# programs answer otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

npm install --silent --no-fund --no-audit rdf-canonize@5.0.0 n3@2.13.12
python3 -m pip install --quiet --root-user-action ignore --target python pyoxigraph==0.5.13

cat > canonize.mjs <<'JS'
import {createRequire} from 'node:module';
import {createHash} from 'node:crypto';
import N3 from 'n3';
import {canonize} from 'rdf-canonize';

const version = (name) => createRequire(import.meta.url)(`./node_modules/${name}/package.json`).version;
console.log(`rdf-canonize ${version('rdf-canonize')}, n3 ${version('n3')}`);
for (const tag of ['ar--rtl', 'he--rtl', 'he--ltr', 'he']) {
  const line = `<http://e.example/claim> <http://e.example/quote> "x"@${tag} .\n`;
  const quads = new N3.Parser({format: 'application/n-quads'}).parse(line);
  const out = await canonize(quads, {algorithm: 'RDFC-1.0'});
  console.log(tag, createHash('sha256').update(out).digest('hex').slice(0, 8), out.trim().split(' ')[2]);
}
JS

cat > beside.py <<'PY'
import pyoxigraph as ox
print("pyoxigraph", ox.__version__)
for tag in ["ar--rtl", "he--rtl", "he--ltr"]:
    line = f'<http://e.example/claim> <http://e.example/quote> "x"@{tag} .\n'
    quads = ox.Dataset(ox.parse(line, format=ox.RdfFormat.N_QUADS))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    print(tag, *(q.object for q in quads))
PY

node canonize.mjs | tee got
PYTHONPATH=python python3 beside.py | tee -a got
lost='"x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>'
cat > want <<WANT
rdf-canonize 5.0.0, n3 2.13.12
ar--rtl HASH $lost
he--rtl HASH $lost
he--ltr HASH $lost
he OTHER "x"@he
pyoxigraph 0.5.13
ar--rtl "x"@ar--rtl
he--rtl "x"@he--rtl
he--ltr "x"@he--ltr
WANT
hash=$(sed -n 's/^ar--rtl \([0-9a-f]*\) .*/\1/p' got)
other=$(sed -n 's/^he \([0-9a-f]*\) .*/\1/p' got)
test "$hash" != "$other"
sed -i "s/HASH/$hash/; s/OTHER/$other/" want
diff want got
