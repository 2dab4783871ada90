#!/bin/sh
# Oxigraph's store keeps the value of a literal, not the literal.
#
# One expects: what is loaded as N-Quads and dumped as N-Quads are the same quads,
#   since RDF 1.1 has two literals equal only if their lexical forms are; and the
#   package's own parse() gives them so.
# What happens: numbers, booleans, dates and times come back in the canonical form
#   of their value: "0045000.50" as "45000.5", 24:00 as the next day, +00:00 as Z.
#   Two quads that differ in that alone become one.
# Version: npm oxigraph 0.5.11.
# Why it matters to evidence graphs: a digest of a graph, and of what a source was
#   read to say, does not survive the way through such a store; and "007", an
#   identifier that somebody typed as a number, is 7.
#
# Needs node, npm and the registry. Exits 1 if the package answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-fund --no-audit oxigraph@0.5.11

cat > main.cjs <<'JS'
const ox = require('oxigraph');
const xsd = 'http://www.w3.org/2001/XMLSchema#';
const lines = [
  ['amount', '0045000.50', 'decimal'], ['number', '007', 'integer'], ['number', '7', 'integer'],
  ['caught', '2008-03-12T24:00:00Z', 'dateTime'], ['day', '2008-03-12+00:00', 'date'], ['listed', '1', 'boolean'],
].map(([p, form, type]) => `<https://a.example/s> <https://a.example/${p}> "${form}"^^<${xsd}${type}> .\n`).join('');
const show = quads => quads.map(q => `${q.predicate.value.slice(18)} ${q.object.value}`).sort().join('\n');
const format = 'application/n-quads';
console.log('parsed\n' + show(ox.parse(lines, { format })));
const store = new ox.Store();
store.load(lines, { format });
console.log('stored\n' + show(store.match()));
JS

cat > want <<'WANT'
parsed
amount 0045000.50
caught 2008-03-12T24:00:00Z
day 2008-03-12+00:00
listed 1
number 007
number 7
stored
amount 45000.5
caught 2008-03-13T00:00:00Z
day 2008-03-12Z
listed true
number 7
WANT

node main.cjs > got
echo "oxigraph $(npm ls oxigraph | sed -n 's/.*oxigraph@//p'), node $(node --version)"
echo 'behaviour: the store gives values in canonical form; parse() gives the literals that were written'
cat got
if ! diff want got > /dev/null; then
	echo 'changed: the lines were these before:'
	cat want
	exit 1
fi
echo unchanged
