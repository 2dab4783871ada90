#!/bin/sh
# json-gold gives a relative IRI with a letter beyond ASCII another name than the
# same IRI written out.
#
# One expects: {"@id": "é"} under the base https://b.example/ is the node
#   https://b.example/é. RFC 3986, 5.2, which JSON-LD 1.1 names for this, joins the
#   parts and encodes nothing, and RDF compares IRIs letter by letter.
# What happens: it becomes https://b.example/%C3%A9, and the absolute form stays
#   what it is: one document speaks of two nodes. No error, no warning.
# Version: github.com/piprate/json-gold v0.9.1.
# Why it matters to evidence graphs: whoever has a name in another script than
#   Latin falls apart into two, and what is known of the one is not of the other.
#
# Needs go and the module proxy. Exits 1 if json-gold answers otherwise.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/piprate/json-gold/ld"
)

func main() {
	o := ld.NewJsonLdOptions("https://b.example/")
	o.Format = "application/n-quads"
	for _, id := range []string{"e", "é", "평양", "https://b.example/é", "https://b.example/평양"} {
		lines, err := ld.NewJsonLdProcessor().ToRDF(map[string]interface{}{"@id": id, "https://b.example/p": "x"}, o)
		if err != nil {
			fmt.Println(id, "error:", err)
			continue
		}
		fmt.Print(lines)
	}
}
GO

cat > want <<'WANT'
<https://b.example/e> <https://b.example/p> "x" .
<https://b.example/%C3%A9> <https://b.example/p> "x" .
<https://b.example/%ED%8F%89%EC%96%91> <https://b.example/p> "x" .
<https://b.example/é> <https://b.example/p> "x" .
<https://b.example/평양> <https://b.example/p> "x" .
WANT

export GOFLAGS=-mod=mod GOWORK=off
go mod init finding 2>/dev/null
go get github.com/piprate/json-gold/ld@v0.9.1 2>/dev/null
go run . > got
echo "json-gold $(go list -m -f '{{.Version}}' github.com/piprate/json-gold)"
echo 'behaviour: a relative IRI is percent-encoded as it is resolved; the absolute form is not'
cat got
if ! diff want got > /dev/null; then
	echo 'changed: the lines were these before:'
	cat want
	exit 1
fi
echo unchanged
