package web_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// Codes, addresses and markup are no words; what is left of a page is read.
var (
	unread = regexp.MustCompile(`(?s)<(code|pre|head|style|desc)\b.*?</(code|pre|head|style|desc)>|<!--.*?-->|https?://\S+|<[^>]*>`)
	// exact are dates and amounts in the forms of files: 2008-04-04, 2006-41, 1990~/1993~, 45000 USD.
	exact = regexp.MustCompile(`(?:^|[\s(,;/])(?:\d{4}-\d\d(?:-\d\d)?|\.\./\S+|\d{4}~\S*|\d{5,} [A-Z]{3})(?:$|[\s),;./])`)
)

// TestInWords: no page shows a date or an amount in the form of files, nor does a
// picture; CSV has those forms.
func TestInWords(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile, "../../../data/background.yaml")))
	addresses := []string{"/query/timeline?format=svg", "/query/payments", "/query/payments?format=svg", "/query/timeline?format=dossier",
		"/explore?query=payments", "/compare", "/query/plans", "/query/figures?format=dossier", "/browse/sources"}
	for _, path := range pages {
		addresses = append(addresses, path)
	}
	for _, address := range addresses {
		if strings.Contains(address, "nobody") {
			continue
		}
		for _, line := range strings.Split(html.UnescapeString(unread.ReplaceAllString(get(t, s, address, 200), "\n")), "\n") {
			if found := exact.FindString(line); found != "" {
				t.Errorf("%s shows %q in %q", address, found, line)
			}
		}
	}
	has(t, get(t, s, "/query/payments?format=csv", 200), "45000 USD")
	narrow := "/query/payments?where=amount%3D45000+USD"
	has(t, get(t, s, narrow, 200), `aria-current="true">45,000 USD</a>`)
	has(t, get(t, s, "/query/payments?filter=45,000", 200), "45,000 USD")
}
