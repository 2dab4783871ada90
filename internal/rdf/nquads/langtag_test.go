package nquads_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/internal/rdf/nquads"
	"kg/internal/testsize"
)

// bcp47 is the grammar of RFC 5646, 2.1, rule by rule.
var bcp47 = regexp.MustCompile(`(?i)^(?:` +
	`(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})` + // language
	`(?:-[a-z]{4})?` + // script
	`(?:-(?:[a-z]{2}|[0-9]{3}))?` + // region
	`(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*` + // variants
	`(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*` + // extensions
	`(?:-x(?:-[a-z0-9]{1,8})+)?` +
	`|x(?:-[a-z0-9]{1,8})+` +
	`|en-GB-oed|i-ami|i-bnn|i-default|i-enochian|i-hak|i-klingon|i-lux|i-mingo|i-navajo|i-pwn|i-tao|i-tay|i-tsu|sgn-BE-FR|sgn-BE-NL|sgn-CH-DE` +
	`)$`)

func checkTag(t *testing.T, tag string) {
	t.Helper()
	quads, err := readAll(`<a:s> <a:p> "x"@` + tag + " .\n")
	want := bcp47.MatchString(tag)
	if (err == nil && len(quads) == 1) != want {
		t.Errorf("%q is well-formed: %v, but reading gives %v", tag, want, err)
	}
	if _, err := nquads.AppendTerm(nil, quad.LangString{Value: "x", Lang: tag}); (err == nil) != want {
		t.Errorf("%q is well-formed: %v, but writing gives %v", tag, want, err)
	}
}

// The Reader takes the language tags that the grammar of BCP 47 has, and so
// does the writer.
func TestLanguageTags(t *testing.T) {
	t.Parallel()
	for _, tag := range strings.Fields(`en de-AT zh-Hant-TW zh-min-nan be-x-old sl-rozaj-biske de-CH-1901 es-419 en-a-bbb-x-a x-a-1 simple
		en-GB-oed i-klingon I-Lux sgn-BE-FR sgn-be-zz i-other a ab-c x en-x en-a en-a-x-y en-US-GB zh-aaa-bbb-ccc-ddd cantbethislong
		en-cantbethislong zh-classical de-formal en-12 en-1234 en-1 qaa-Qaaa-QM de-419-DE root a-DE 12 en-u-attr-co-phonebk`) {
		checkTag(t, tag)
	}
	r := rand.New(rand.NewPCG(1, 47))
	const chars = "axX1i9z"
	for range testsize.Of(500, 50_000) {
		var tag []byte
		for part := range 1 + r.IntN(6) {
			if part > 0 {
				tag = append(tag, '-')
			}
			first := r.IntN(len(chars))
			for range 1 + r.IntN(9) {
				tag = append(tag, chars[first])
				if r.IntN(4) == 0 {
					first = r.IntN(len(chars))
				}
			}
		}
		checkTag(t, string(tag))
		if t.Failed() {
			return
		}
	}
	_, err := readAll(fmt.Sprintf("<a:s> <a:p> \"x\"@%s .", strings.Repeat("x", 1000)))
	var syntax *nquads.SyntaxError
	if !errors.As(err, &syntax) || syntax.Column != 17 || len(syntax.Msg) > 200 {
		t.Error(err)
	}
}
