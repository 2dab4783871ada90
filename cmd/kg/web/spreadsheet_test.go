package web_test

import (
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/queries"
)

// TestSpreadsheet: what a source says is no formula in the CSV for spreadsheets,
// and a number is one.
func TestSpreadsheet(t *testing.T) {
	t.Parallel()
	q, err := queries.Parse("formula", "formula.js", `/**
 * What begins as a formula does?
 * @columns text, figure, head
 */
g.emit({text: "=1+1", figure: -5, head: "@SUM(A1)"})
`)
	if err != nil {
		t.Fatal(err)
	}
	s := exampleServer(t, func(o *web.Options) { o.Queries = queries.Set{"formula": q} })
	res := ask(s, "GET", "/query/formula?format=csv-safe", nil)
	if got := text(t, res); !strings.HasPrefix(got, "\ufefftext,figure,head,") || !strings.Contains(got, "\n'=1+1,-5,'@SUM(A1),") {
		t.Errorf("the CSV is %q", got)
	}
	if got := res.Header.Get("Content-Disposition"); got != "attachment; filename=formula.csv" {
		t.Errorf("it is %s", got)
	}
	has(t, get(t, s, "/query/formula?format=csv", 200), "text,figure,head,", "\n=1+1,-5,@SUM(A1),")
	has(t, get(t, s, "/query/formula", 200), "CSV for spreadsheets", "format=csv-safe")
}
