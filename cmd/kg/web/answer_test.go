package web_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"kg/cmd/kg/web"
	"kg/queries"
)

func TestQuery(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	body := get(t, s, "/query/neighbours?entity=Blue+Line", 200)
	has(t, body, "What is joined to an entity", `value="Blue Line"`, "said by", "sure", "1 claim behind it", "kg query neighbours entity=&#34;Blue Line&#34;",
		`href="/query/neighbours?entity=Blue&#43;Line&amp;format=csv"`, "<svg ")
	// kinds are pick-lists
	has(t, get(t, s, "/query/regions", 200), "<select", `<option value="kg:city/harbourtown">Harbourtown</option>`)
	has(t, get(t, s, "/query/regions?place=Harbourtown", 200), `<option value="kg:city/harbourtown" selected>`)
	// a field is named by what its value is to the question
	has(t, get(t, s, "/query/embassies", 200), ">The country that sent the embassy</label>", ">Any if absent</p>",
		"No answer: nothing in the graph answers &#34;Whose embassies are where?&#34;.")
	has(t, get(t, s, "/", 200), "companies · the country a company is from")
	// an empty answer leads to one that is not
	has(t, get(t, s, "/query/sources?speaker=Blue+Line", 200), "No answer: no row has Blue Line as &#34;who says it&#34;.",
		`There is one with <a href="/query/sources?speaker=kg:news-media/herald"`)
	// mistakes are told beside the form
	has(t, get(t, s, "/query/neighbours?entity=Blue+Lime", 400), "did you mean", `value="Blue Lime"`)
	has(t, get(t, s, "/query/regions?place=Ann+Lee", 400), "is no Place")
	has(t, get(t, s, "/query/regions?plaice=x", 400), "no parameter &#34;plaice&#34;")
	get(t, s, "/query/neighbours?entity=a&entity=b", 400)
	has(t, get(t, s, "/query/neighbors", 404), "did you mean &#34;neighbours&#34;")
}

// TestOwnNames: a question's own parameters go before those of the page, which
// are called otherwise then.
func TestOwnNames(t *testing.T) {
	t.Parallel()
	q, err := queries.Parse("clash", "clash.js", `/**
 * What is joined to an entity?
 * @param {entity} [limit] - the entity
 * @param {text} [format=any] - anything
 * @columns subject, relation, object
 */
g.V(limit).tag("subject").out(null, "relation").tag("object").all()
`)
	if err != nil {
		t.Fatal(err)
	}
	s := exampleServer(t, func(o *web.Options) {
		o.Limits.Rows = 1
		o.Queries = queries.Set{"clash": q}
	})
	const path = "/query/clash?format=csv&limit=Blue+Line"
	has(t, get(t, s, path, 200), "Showing 1 to 1 of", `value="Blue Line"`, `value="csv"`,
		`href="/query/clash?format=csv&amp;limit=Blue&#43;Line&amp;page-limit=0"`, `href="/query/clash?format=csv&amp;limit=Blue&#43;Line&amp;page-format=csv"`)
	if body := get(t, s, path+"&page-limit=0", 200); strings.Contains(body, "Showing") {
		t.Error("all are shown, and the page says that some are not")
	}
	has(t, get(t, s, path+"&page-format=csv", 200), "subject,relation,object,said by,sure,denied by,witness,")
	has(t, get(t, s, path+"&page-limit=x", 400), "page-limit takes a number of rows")
	get(t, s, path+"&page-format=csv&page-format=json", 400)
	get(t, exampleServer(t, nil), "/query/neighbours?entity=Blue+Line&page-limit=0", 400)
}

// The mistakes of a query's file are for who runs the server.
func TestQueryWithMistakes(t *testing.T) {
	t.Parallel()
	set, err := queries.Read(fstest.MapFS{"broken.js": {Data: []byte("g.V()")}})
	if err != nil {
		t.Fatal(err)
	}
	s := exampleServer(t, func(o *web.Options) { o.Queries = set })
	if body := get(t, s, "/query/broken", 404); !strings.Contains(body, "the file of query broken has mistakes") || strings.Contains(body, "broken.js") {
		t.Errorf("got %s", body)
	}
	if body := get(t, s, "/", 200); strings.Contains(body, "/query/broken") || !strings.Contains(body, "/query/companies") {
		t.Error("the queries listed are others")
	}
}

func TestAnswerFiles(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	rows, err := csv.NewReader(strings.NewReader(get(t, s, "/query/neighbours?entity=Blue+Line&format=csv", 200))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || !strings.HasPrefix(strings.Join(rows[0], ","), "subject,relation,object,said by,sure,denied by,witness,claim,says,") {
		t.Errorf("the CSV is %q", rows)
	}
	var answer []struct {
		Object any `json:"object"`
		Sure   []struct {
			Speaker, Stance string
			Cells           []string
		} `json:"sure"`
		SaidBy []struct {
			ID string `json:"@id"`
		} `json:"said by"`
		DeniedBy []any `json:"denied by"`
		Evidence []struct {
			Claim struct {
				ID string `json:"@id"`
			}
			Says string
		} `json:"evidence"`
	}
	if err := json.Unmarshal([]byte(get(t, s, "/query/neighbours?entity=Blue+Line&format=json", 200)), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer) != 3 || len(answer[0].Sure) != 1 || answer[0].Sure[0].Stance != "asserts" || answer[0].SaidBy[0].ID != "https://kg.example/news-media/herald" || answer[0].DeniedBy == nil ||
		len(answer[0].Evidence) != 1 || answer[0].Evidence[0].Says == "" || answer[0].Evidence[0].Claim.ID != "https://kg.example/source/herald-2020-05-04/claim/sold" {
		t.Errorf("the JSON is %+v", answer)
	}
	has(t, get(t, s, "/query/neighbours?entity=Blue+Line&format=nq", 200), "<https://kg.example/source/herald-2020-05-04/claim/sold> .\n")
	has(t, get(t, s, "/query/neighbours?entity=Blue+Line&format=svg", 200), "<?xml", "Blue Line")
	get(t, s, "/query/embassies?format=svg", 404) // nothing to draw
	get(t, s, "/query/neighbours?format=pdf", 400)
}

// TestNoPicture: a page without one does not offer it.
func TestNoPicture(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for path, offered := range map[string]bool{
		"/entity?id=kg:company/blue-line": true, "/query/companies": true, "/claim?id=kg:source/herald-2020-05-04/claim/price": true,
		"/entity?id=kgo:Company": false, "/query/embassies": false, "/source?id=kg:source/herald-2020-05-04": false,
	} {
		if got := strings.Contains(get(t, s, path, 200), `format=svg`); got != offered {
			t.Errorf("%s offers a picture: %v", path, got)
		}
	}
}
