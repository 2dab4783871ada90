#!/bin/sh
# goja reads \p{L} under the u flag as the text "p{L}".
#
# One expects: /\p{L}/u matches any letter (ECMAScript 2018), or, in an engine
#   of an older edition, a SyntaxError: under u an unknown escape is an error
#   since ECMAScript 2015.
# What happens: no error. The expression matches the four characters "p{L}" and
#   no letter of any script; a property that does not exist is no error either.
# Version: github.com/dop251/goja v0.0.0-20260917113740-793a2a65c13b.
# Why it matters to evidence graphs: a query that looks for names in Cyrillic or
#   Hangul answers "none", which reads as "the sources do not say so".
#
# Needs go and the module proxy. Exits 1 if goja answers otherwise.
set -eu
version=v0.0.0-20260917113740-793a2a65c13b
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/dop251/goja"
)

func main() {
	for _, script := range []string{
		`/\p{L}/u.test("Москва")`,
		`/\p{L}/u.test("평양")`,
		`/\p{L}/u.test("Weber")`,
		`/\p{L}/u.test("p{L}")`,
		`/\p{Nonsense}/u.test("Weber")`,
		`"Антония Weber".match(/\p{Lu}/gu)`,
	} {
		v, err := goja.New().RunString(script)
		if err != nil {
			fmt.Println(script, "error:", err)
			continue
		}
		fmt.Println(script, v)
	}
}
GO

cat > want <<'WANT'
/\p{L}/u.test("Москва") false
/\p{L}/u.test("평양") false
/\p{L}/u.test("Weber") false
/\p{L}/u.test("p{L}") true
/\p{Nonsense}/u.test("Weber") false
"Антония Weber".match(/\p{Lu}/gu) null
WANT

export GOFLAGS=-mod=mod GOWORK=off
go mod init finding 2>/dev/null
go get "github.com/dop251/goja@$version" 2>/dev/null
go run . > got

echo "goja $version, $(go env GOVERSION)"
echo 'behaviour: \p{L} under the u flag is the text "p{L}"; no letter matches, and nothing is an error'
cat got
if ! diff want got > /dev/null; then
	echo 'changed: the lines were these before:'
	cat want
	exit 1
fi
echo unchanged
