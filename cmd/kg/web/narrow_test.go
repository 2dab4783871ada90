package web_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// rowsOf is an answer's rows as its CSV has them, each once, for an address.
func rowsOf(t *testing.T, s *web.Server, address string) (rows [][]string) {
	t.Helper()
	at := "?"
	if strings.Contains(address, "?") {
		at = "&"
	}
	lines, err := csv.NewReader(strings.NewReader(get(t, s, address+at+"format=csv", 200))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := line[:strings.Count("subject,relation,object,said by,sure,denied by", ",")+1]
		if len(rows) == 0 || strings.Join(rows[len(rows)-1], "\n") != strings.Join(row, "\n") {
			rows = append(rows, row)
		}
	}
	return rows
}

// TestFacets: for every value that a page offers, the page behind it has as many
// rows as were said, all of them have the value, and giving it up leads back.
func TestFacets(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile)))
	const asked = "/query/neighbours?entity=Russia"
	all := rowsOf(t, s, asked)
	offered := regexp.MustCompile(`<li><a href="([^"]*where=[^"]*)">([^<]*)</a> <span class="kind">(\d+)</span>`).FindAllStringSubmatch(get(t, s, asked, 200), -1)
	if len(offered) < 4 {
		t.Fatalf("of %d rows, %d values are offered", len(all), len(offered))
	}
	for _, o := range offered {
		address := html.UnescapeString(o[1])
		rows := rowsOf(t, s, address)
		if fmt.Sprint(len(rows)) != o[3] {
			t.Errorf("%s has %d rows, not %s", address, len(rows), o[3])
		}
		for _, row := range rows {
			if value := html.UnescapeString(o[2]); !strings.Contains(strings.Join(row, "\n"), value) && value != "hedged" && value != "plainly asserted" && value != "denied by somebody" {
				t.Errorf("%s has the row %q", address, row)
			}
		}
		body := get(t, s, address, 200)
		has(t, body, fmt.Sprintf("%s of %d answers", o[3], len(all)), `aria-current="true"`)
		back := regexp.MustCompile(`<a href="([^"]*)" aria-current`).FindStringSubmatch(body)
		if got := rowsOf(t, s, html.UnescapeString(back[1])); len(got) != len(all) {
			t.Errorf("giving up %s leaves %d rows of %d", o[2], len(got), len(all))
		}
	}
}

// TestSorted: an order and its reverse have the same rows, and a part of them is
// what a page of that number shows.
func TestSorted(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, articleFile)))
	const asked = "/query/neighbours?entity=Russia"
	for column, name := range []string{"subject", "relation", "object"} {
		up, down := rowsOf(t, s, asked+"&sort="+name), rowsOf(t, s, asked+"&sort=-"+name)
		if len(up) != len(down) || len(up) < 2 {
			t.Fatalf("%d rows one way, %d the other", len(up), len(down))
		}
		for i := range up[1:] {
			if up[i][column] > up[i+1][column] || down[i][column] < down[i+1][column] {
				t.Errorf("sorted by %s: %q, then %q; the other way %q, then %q", name, up[i], up[i+1], down[i], down[i+1])
			}
		}
		for page := range 2 {
			body := get(t, s, fmt.Sprintf("%s&sort=%s&limit=1&page=%d", asked, name, page+1), 200)
			has(t, body, fmt.Sprintf("Showing %d to %d of %d.", page+1, page+1, len(up)), `aria-sort="ascending"`, ">"+html.EscapeString(up[page][0])+"</a>")
		}
	}
	has(t, get(t, s, asked+"&limit=1&page=99", 200), fmt.Sprintf("Showing %d to %d of", len(rowsOf(t, s, asked)), len(rowsOf(t, s, asked))))
	if got := rowsOf(t, s, asked+"&filter="+url.QueryEscape("EMBASSY russia")); len(got) == 0 || len(got) >= len(rowsOf(t, s, asked)) || !strings.Contains(strings.Join(got[0], " "), "embassy") {
		t.Errorf("words find %q", got)
	}
	has(t, get(t, s, asked+"&filter=zzz", 200), "None of the ", "Show all")
	for _, bad := range []string{"sort=colour", "where=colour%3Dred", "where=sure", "page=0", "page=x"} {
		get(t, s, asked+"&"+bad, 400)
	}
}

// TestLeftOut: a column that is empty in every row is named, and not shown.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	body := get(t, exampleServer(t, nil), "/query/companies", 200)
	left := regexp.MustCompile(`Left out, as empty in every row: ([^.]*)\.`).FindStringSubmatch(body)
	if left == nil {
		t.Fatal("no column is left out")
	}
	for column := range strings.SplitSeq(left[1], ", ") {
		if strings.Contains(body, `data-label="`+column+`"`) {
			t.Errorf("%s is left out and shown", column)
		}
	}
}

// TestChosenName: a form shows the name of what it was given, and sends what names
// the same again.
func TestChosenName(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	has(t, get(t, s, "/query/neighbours?entity=kg:company/blue-line", 200), `value="Blue Line"`)
	has(t, get(t, s, "/path?from=kg:company/blue-line&to=kg:person/ann-lee", 200), `name="from" value="Blue Line"`, `name="to" value="Ann Lee"`)
	has(t, get(t, s, "/compare?entity=kg:person/ann-lee", 200), `value="Ann Lee"`)
	has(t, get(t, s, "/suggest?for=pick&kind=Company&q=e", 200), "Blue Line")
	if got := get(t, s, "/suggest?for=pick&kind=Person&q=e", 200); strings.Contains(got, "Blue Line") {
		t.Errorf("a person is suggested: %s", got)
	}
}
