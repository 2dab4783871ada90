package web_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// examplePages are pages of every sort over the small example.
var examplePages = []string{
	"/", "/search", "/search?q=line", "/search?q=nobody", "/entity?id=kg:company/blue-line", "/entity?id=kgo:Company",
	"/entity?id=kg:source/herald-2020-05-04/sale/firm-sale", "/entity?id=kg:person/ann-lee", "/entity?id=kg:source/herald-2020-05-04/claim/price/firm-sale/price",
	"/claim?id=kg:source/herald-2020-05-04/claim/price", "/claim?id=kg:source/herald-2020-05-04/claim/price-per-ship",
	"/claim?id=kg:source/herald-2020-05-04/claim/mayor-denies", "/source?id=kg:source/herald-2020-05-04",
	"/query/companies?format=dossier", "/entity?id=kg:company/blue-line&format=dossier", "/source?id=kg:source/herald-2020-05-04&format=dossier", "/claim?id=kg:source/herald-2020-05-04/claim/price&format=dossier", "/browse", "/browse/entities", "/browse/speakers?limit=1", "/browse/sources", "/browse/claims?limit=2&page=2", "/query/companies", "/query/neighbours?entity=Blue+Line", "/query/embassies", "/path", "/path?from=Blue+Line&to=Ann+Lee", "/match", "/match?a=Blue+Line&all=1&least=1", "/match?a=Blue+Line&b=Ann+Lee", "/compare", "/compare?entity=Ann+Lee&all=1", "/path?from=North+Shore+Holding&to=Harbourtown",
}

func TestStart(t *testing.T) {
	t.Parallel()
	body := get(t, exampleServer(t, nil), "/", 200)
	has(t, body, "6 claims</a> about", "11 entities</a> from", "1 source</a>.", "Ferry firm changes hands", `href="/source?id=kg:source/herald-2020-05-04"`,
		"Which companies and joint ventures are there", `href="/query/companies"`, `action="/path"`, `action="/search"`)
	if strings.Contains(body, "/query/embassies") {
		t.Error("a question is offered that the graph has no answer to")
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	has(t, get(t, s, "/search?q=BLUE", 200), `href="/entity?id=kg:company/blue-line"`, "Company", "4 results", `value="BLUE"`,
		`href="/claim?id=kg:source/herald-2020-05-04/claim/sold"`, "<q>Blue Line, a ferry company in Harbourtown")
	has(t, get(t, s, "/search?q=ferries", 200), "Blue Line Ferries", `class="called">Blue Line<`)
	has(t, get(t, s, "/search?q=zzz", 200), "Nothing is found by these words. Try another spelling")
	has(t, get(t, s, "/search?q=zzz+harbour", 200), "Did you mean", `href="/entity?id=kg:city/harbourtown"`)
	has(t, get(t, s, "/search?q=firm+ships", 200), "<q>Whether the sum is for the firm or for its ships") // a note
	has(t, get(t, s, "/query/neighbours?entity=lee", 200), "“lee” is taken for Ann Lee: it finds no other entity.")
	has(t, get(t, s, "/path?from=shore&to=blue-line", 200), "“shore” is taken for North Shore Holding: it finds no other entity.")
	has(t, get(t, s, "/entity?id=blue", 404), "which finds", `href="/entity?id=https://kg.example/company/blue-line"`)
	has(t, get(t, s, "/search?q=%3Cscript%3E", 200), "&lt;script&gt;")
	var answer struct {
		Found []struct{ Name, Kind, Href, ID string }
		All   int
	}
	if err := json.Unmarshal([]byte(get(t, s, "/suggest?q=ann", 200)), &answer); err != nil {
		t.Fatal(err)
	}
	if answer.All < 1 || answer.Found[0].Name != "Ann Lee" || answer.Found[0].ID != "kg:person/ann-lee" || answer.Found[0].Href != "/entity?id=kg:person/ann-lee" {
		t.Errorf("suggested %+v", answer)
	}
	for look, terms := range map[string]bool{"/suggest?q=vessel": true, "/suggest?for=go&q=vessel": true, "/suggest?for=pick&q=vessel": false} {
		if body := get(t, s, look, 200); strings.Contains(body, `"kgo:Vessel"`) != terms {
			t.Errorf("%s proposes %s", look, body)
		}
	}
	if got := get(t, s, "/suggest?q=", 200); got != "{\"all\":0,\"found\":[]}\n" {
		t.Errorf("nothing typed is answered with %q", got)
	}
}

func TestEntity(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	has(t, get(t, s, "/entity?id=kg:company/blue-line", 200),
		"<h1>Blue Line</h1>", "Also: Blue Line Ferries", "located in", "Harbourtown", "The Herald", "asserts",
		`href="/claim?id=kg:source/herald-2020-05-04/claim/sold"`, "paragraph 1</a>", "<svg ", "Every edge of Blue Line, and of the events it takes part in.",
		`href="/entity?format=ttl&amp;id=kg:company/blue-line"`)
	// what leads to it is read from it
	has(t, get(t, s, "/entity?id=kg:city/harbourtown", 200), "<li>is the place of <a")
	// what is denied is shown, marked
	has(t, get(t, s, "/entity?id=kg:person/ann-lee", 200), `class="claim isdenied"`, `<strong class="sure denied">denies</strong>`, "The mayor did not meet the buyer, she says.")
	// an event has its status, a derived edge says so
	has(t, get(t, s, "/entity?id=kg:source/herald-2020-05-04/sale/firm-sale", 200), "derived", "alleges, &#34;some&#34;, approximate", "status")
	// a kind and a figure are pages too
	has(t, get(t, s, "/entity?id=kgo:Company", 200), "<h1>Company</h1>", "2 entities of this kind", `href="/entity?id=kg:company/north-shore"`)
	has(t, get(t, s, "/entity?id=kg:source/herald-2020-05-04/claim/price/firm-sale/price", 200), "000,000 EUR")
	has(t, get(t, s, "/entity?id=kg:news-media/herald", 200), `<a href="/entity?id=schema:NewsMediaOrganization">News media</a></p>`)
	has(t, get(t, s, "/entity?id=kgo:located-in", 200), "<dt>leads to</dt>", "<dt>is read backwards as</dt><dd>is the place of</dd>")
}

// TestOneAddress: whatever way an entity is named, its page has one address.
func TestOneAddress(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for path, want := range map[string]string{
		"/entity?id=Blue+Line":                                                "/entity?id=kg:company/blue-line",
		"/entity?id=blue-line&format=nq":                                      "/entity?id=kg:company/blue-line&format=nq",
		"/entity?id=https%3A%2F%2Fkg.example%2Fcompany%2Fblue-line":           "/entity?id=kg:company/blue-line",
		"/entity?id=kg:source/herald-2020-05-04":                              "/source?id=kg:source/herald-2020-05-04",
		"/entity?id=kg:source/herald-2020-05-04/claim/sold":                   "/claim?id=kg:source/herald-2020-05-04/claim/sold",
		"/claim?id=kg:company/blue-line":                                      "/entity?id=kg:company/blue-line",
		"/source?id=kg:company/blue-line":                                     "/entity?id=kg:company/blue-line",
		"/entity?id=https://kg.example/source/herald-2020-05-04/person/clerk": "/entity?id=kg:source/herald-2020-05-04/person/clerk",
	} {
		res := ask(s, "GET", path, nil)
		if got := res.Header.Get("Location"); res.StatusCode != 303 || got != want {
			t.Errorf("%s leads with %d to %q, not to %q", path, res.StatusCode, got, want)
		}
	}
	has(t, get(t, s, "/entity?id=Blue+Lime", 404), "unknown entity", "did you mean", "Blue Line", `href="/search?q=Blue%20Lime"`)
	get(t, s, "/entity", 400)
	get(t, s, "/entity?id=kg:company/blue-line&limit=-1", 400)
	get(t, s, "/entity?id=kg:company/blue-line&colour=red", 400)
}

func TestLimit(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, func(o *web.Options) { o.Limits.Rows = 1 })
	has(t, get(t, s, "/entity?id=kg:company/blue-line", 200), "The first 1 of 5.", `href="/entity?id=kg:company/blue-line&amp;limit=0"`)
	if body := get(t, s, "/entity?id=kg:company/blue-line&limit=0", 200); strings.Contains(body, "The first ") {
		t.Error("all are shown, and the page says that some are not")
	}
	has(t, get(t, s, "/query/neighbours?entity=Blue+Line", 200), "Showing 1 to 1 of 3.", "limit=0")
	has(t, get(t, s, "/source?id=kg:source/herald-2020-05-04", 200), "Showing 1 to 1 of 6. ", "6 claims by 3 speakers")
	has(t, get(t, s, "/entity?id=kg:news-media/herald", 200), "The first 1 of 5.")
	has(t, get(t, s, "/entity?id=kgo:Company", 200), "Showing 1 to 1 of 2.")
}

func TestClaim(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	has(t, get(t, s, "/claim?id=kg:source/herald-2020-05-04/claim/price", 200),
		"between two and three million euros", "A clerk quoted in the port&#39;s report", "The port&#39;s yearly report", "alleges", "“some”",
		"<mark>The port&#39;s yearly report quotes", "paragraph 2", "Jane Doe", "price-per-ship", "a5cf0005514d")
	has(t, get(t, s, "/claim?id=kg:source/herald-2020-05-04/claim/price-per-ship", 200), "No speaker", "it follows from", "The sum divided by two ships.")
	has(t, get(t, exampleServer(t, func(o *web.Options) { o.Text = "" }), "/claim?id=kg:source/herald-2020-05-04/claim/price", 200), "The passage is not shown", "--text")
}

// TestTextChanged: a passage is shown as a claim's only while it is what the claim
// was taken from; what it became is shown as that, and a text that is not that of
// the source is said to be another.
func TestTextChanged(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleText)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "other.txt"), []byte(strings.Replace(string(b), "two to three", "six to nine", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := exampleServer(t, func(o *web.Options) { o.Text = folder })
	const path = "/claim?id=kg:source/herald-2020-05-04/claim/price"
	body := get(t, s, path, 200)
	has(t, body, "the passage of the claim; other.txt is not byte for byte the text", "2 of 5 passages still hold")
	has(t, body, `<p class="verdict"><strong>altered</strong>: paragraph 2, 148 to 249: `)
	if strings.Contains(body, "<mark>") || strings.Contains(body, "<blockquote>") {
		t.Error("words of another text are shown as the claim's")
	}
	if err := os.WriteFile(filepath.Join(folder, "right.txt"), b, 0o600); err != nil {
		t.Fatal(err)
	}
	has(t, get(t, s, path, 200), "<mark>")
}

func TestSource(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	body := get(t, s, "/source?id=kg:source/herald-2020-05-04", 200)
	has(t, body, "<h1>Ferry firm changes hands</h1>", "6 claims by 3 speakers", `href="https://herald.example/2020/05/04/ferry"`,
		`<a class="mark" href="#sold"`, `id="at-sold"`, `id="sold"`, `href="#at-sold"`, "It rained all week.")
	last := -1
	for _, id := range []string{"sold", "buyer", "price", "mayor", "mayor-denies", "price-per-ship"} { // the order of the text, then derived
		at := strings.Index(body, `<li id="`+id+`"`)
		if at <= last {
			t.Errorf("claim %s is not in its place", id)
		}
		last = at
	}
}

// A source without a text has claims that are looked up elsewhere.
func TestBackground(t *testing.T) {
	t.Parallel()
	s := web.New(options(t, views(t, "../../../data/background.yaml")))
	const see = `href="https://en.wikipedia.org/wiki/Vladivostok"`
	has(t, get(t, s, "/source?id=kg:source/background", 200), "Where places lie", "the source has no text", see)
	has(t, get(t, s, "/claim?id=kg:source/background/claim/vladivostok-in-primorsky", 200), "Where it can be looked up", see, ">background</a>")
	has(t, get(t, s, "/entity?id=kg:city/vladivostok", 200), "Primorsky region", `href="https://en.wikipedia.org/wiki/Vladivostok"`)
	has(t, get(t, s, "/query/neighbours?entity=Vladivostok", 200), `>background</a></td>`, see)
}

func TestNegotiation(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	for accept, want := range map[string]string{
		"":                               "text/html",
		"*/*":                            "text/html",
		"text/html,*/*;q=0.8":            "text/html",
		"text/turtle":                    "text/turtle",
		"application/ld+json":            "application/ld+json",
		"application/n-quads":            "application/n-quads",
		"image/svg+xml":                  "image/svg+xml",
		"text/html;q=0.1,text/turtle":    "text/turtle",
		"text/*;q=0.3,text/turtle;q=0.5": "text/turtle",
		"application/ld+json;q=0.9, text/turtle;q=0.8": "application/ld+json",
		"application/pdf, image/png":                   "",
		"text/turtle;q=0":                              "",
		"text/turtle;q=7":                              "",
		"application/*":                                "application/ld+json",
	} {
		res := ask(s, "GET", "/entity?id=kg:company/blue-line", func(r *http.Request) { r.Header.Set("Accept", accept) })
		got, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
		if want == "" && res.StatusCode != 406 || want != "" && (res.StatusCode != 200 || got != want || res.Header.Get("Vary") == "" && want != "image/svg+xml") {
			t.Errorf("Accept %q is answered with %d and %q, not with %q", accept, res.StatusCode, got, want)
		}
	}
	for _, page := range []string{"/claim?id=kg:source/herald-2020-05-04/claim/price", "/source?id=kg:source/herald-2020-05-04"} {
		for _, format := range []string{"nq", "ttl", "jsonld", "svg"} {
			if format != "svg" || strings.HasPrefix(page, "/claim") {
				get(t, s, page+"&format="+format, 200)
			}
		}
	}
	// a claim's file has its record, its edges and the figures in them
	has(t, get(t, s, "/claim?id=kg:source/herald-2020-05-04/claim/price&format=nq", 200), "ontology#hedge", "oa#start", "minValue", "ontology#price", "ontology#via")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	has(t, get(t, s, "/compare", 200), "Nothing to compare")
	has(t, get(t, s, "/compare?entity=nobody", 404), "unknown entity")
	get(t, s, "/compare?what=ever", 400)
	body := get(t, web.New(options(t, views(t, articleFile))), "/compare?entity=joint-ventures", 200)
	has(t, body, "What sources say of Ventures of Russia with North Korea", "Evolved", "go dormant", "resume their activities", "paragraph 13")
}

func TestPath(t *testing.T) {
	t.Parallel()
	s := exampleServer(t, nil)
	body := get(t, s, "/path?from=North+Shore+Holding&to=Harbourtown", 200)
	has(t, body, "1 path</h2>", "The sale of Blue Line", "All edges equal: asserts", "Independent origins: 1: The Herald", "It is lost without", "k=12", "<svg ", "North Shore Holding bought it.")
	// each hop is read as it is walked, and its line drawn so
	hops := regexp.MustCompile(`<p class="hop">.*</p>`).FindAllString(body, -1)
	for i, words := range []string{"is the buyer in", "item", "located in"} {
		if len(hops) != 3 || !strings.Contains(hops[i], "</span> "+words+" <span") {
			t.Errorf("hop %d is not read %q: %q", i+1, words, hops)
		}
		has(t, body, ">"+words+"</text>")
	}
	// what is denied is walked only when nothing else joins them
	has(t, get(t, s, "/path?from=Ann+Lee&to=North+Shore+Holding", 200), "joined only through what sources deny", "All edges equal: denies")
	get(t, s, "/path?from=North+Shore+Holding&to=Harbourtown&k=12", 200)
	get(t, s, "/path?from=North+Shore+Holding&to=Harbourtown&k=no", 400)
	has(t, get(t, s, "/path?from=Ann+Lee&to=nobody", 404), "unknown entity")
	get(t, s, "/path?from=Ann+Lee", 400)
	get(t, s, "/path?from=a&to=b&max=3", 400)
	has(t, get(t, s, "/path?from=North+Shore+Holding&to=Harbourtown&format=svg", 200), "<?xml")
}

// TestHostileWords: what a source or an annotator writes is text wherever it
// is shown.
func TestHostileWords(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	const bad = `'<script>alert(1)</script><img src=x onerror=alert(2)> "&amp; \N`
	yaml := strings.NewReplacer(
		"name: Blue Line,", `name: "`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(bad)+`",`,
		"also: [Blue Line Ferries]", `also: ["</title></svg><script>alert(3)</script>"]`,
		"https://herald.example/2020/05/04/ferry", "javascript:alert(4)",
		"The ferry company Blue Line changed hands in April.", `"\"><script>alert(5)</script>"`,
	).Replace(string(b))
	file := filepath.Join(t.TempDir(), "hostile.yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	s := web.New(options(t, views(t, file)))
	for _, path := range examplePages {
		path = strings.ReplaceAll(path, "Blue+Line", "blue-line")
		body := get(t, s, path, 200)
		for _, part := range []string{"<script>", "<img src=x", "javascript:alert", "</svg><"} {
			if strings.Contains(body, part) {
				t.Errorf("%s has %q as it is", path, part)
			}
		}
	}
	has(t, get(t, s, "/entity?id=kg:company/blue-line&format=svg", 200), "&lt;script&gt;")
}
