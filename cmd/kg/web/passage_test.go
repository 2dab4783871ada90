package web_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kg/cmd/kg/web"
	"kg/internal/sourcetext"
)

// TestCut compares with looking at every code point by itself.
func TestCut(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	words := []rune("Überall ist es schön; 동아일보 reports.")
	text, err := sourcetext.New([]byte(string(words)))
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		var claims []web.ClaimLine
		for i := range r.IntN(6) {
			start := r.IntN(len(words) + 3)
			end := start + r.IntN(9)
			holds := start < end && end <= len(words) && r.IntN(3) > 0
			claims = append(claims, web.ClaimLine{ID: string(rune('a' + i)), Start: start, End: end, Paragraph: 1, Holds: holds})
		}
		var all strings.Builder
		at := 0
		begun := map[string]int{}
		for _, p := range web.Cut(text, claims) {
			all.WriteString(p.Words)
			for range []rune(p.Words) {
				var want []string
				for _, c := range claims {
					if c.Holds && c.Start <= at && at < c.End {
						want = append(want, c.ID)
					}
				}
				var got []string
				for i, c := range p.Claims {
					got = append(got, c.ID)
					if i > 0 && c.End-c.Start < p.Claims[i-1].End-p.Claims[i-1].Start {
						t.Errorf("%s is narrower than those before it", c.ID)
					}
				}
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("at %d stand %q, not %q: %+v", at, got, want, claims)
				}
				at++
			}
			for _, id := range p.Begins {
				begun[id]++
			}
		}
		if all.String() != string(words) {
			t.Fatalf("the text becomes %q", all.String())
		}
		for _, c := range claims {
			if want := map[bool]int{true: 1}[c.Holds]; begun[c.ID] != want {
				t.Errorf("claim %+v begins %d times", c, begun[c.ID])
			}
		}
	}
}

// A text that is not byte for byte the source's is said to be another, and no
// passage of it is marked or shown that is not what a claim was taken from.
func TestTextOfAnotherEdition(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleText)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "two.txt")
	if err := os.WriteFile(path, []byte(strings.Replace(string(b), "yearly", "latest yearly", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	s := exampleServer(t, func(o *web.Options) { o.Text = path })
	const says, source = "two.txt is not byte for byte the text that its claims were taken from: 2 of 5 passages still hold", "kg:source/herald-2020-05-04"
	page := get(t, s, "/source?id="+source, 200)
	if !strings.Contains(page, says) || strings.Contains(page, filepath.Dir(path)) {
		t.Errorf("the page does not say %q", says)
	}
	for id, verdict := range map[string]string{"sold": "", "buyer": "", "price": "altered", "mayor": "moved", "mayor-denies": "moved"} {
		marked := verdict != "altered"
		anchor, link := strings.Contains(page, `<span id="at-`+id+`">`), strings.Contains(page, `<a href="#at-`+id+`">`)
		if anchor != marked || link != marked {
			t.Errorf("%s is marked: %v, linked to: %v, want %v", id, anchor, link, marked)
		}
		claim := get(t, s, "/claim?id="+source+"/claim/"+id, 200)
		if strings.Contains(claim, "<mark>") != marked || strings.Contains(claim, says) == marked {
			t.Errorf("the page of %s shows a passage: %v", id, !marked)
		}
		if told := strings.Contains(claim, "<strong>"+verdict+"</strong>"); told != (verdict != "") {
			t.Errorf("the page of %s tells its verdict, %q: %v", id, verdict, told)
		}
	}
	for _, told := range []string{
		"<strong>altered</strong>: paragraph 2, 148 to 257: The port&#39;s latest yearly report quotes",
		"<strong>moved</strong>: paragraph 3, 260 to 278</p>",
	} {
		if !strings.Contains(page, told) {
			t.Errorf("the page does not say %q", told)
		}
	}
	if got := strings.Count(page, `class="mark"`); got != 4 {
		t.Errorf("%d passages are marked", got)
	}
	same := get(t, exampleServer(t, nil), "/source?id="+source, 200)
	if got := strings.Count(same, `class="mark"`); got != 5 || strings.Contains(same, "byte for byte") {
		t.Errorf("of the text itself %d passages are marked", got)
	}
	// One claim's digest is another: it alone is not marked.
	doc, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(t.TempDir(), "example.yaml")
	if err := os.WriteFile(wrong, []byte(strings.Replace(string(doc), "2c002ca679f2", "000000000000", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	o := options(t, views(t, wrong))
	o.Text = exampleText
	page = get(t, web.New(o), "/source?id="+source, 200)
	if strings.Contains(page, `id="at-sold"`) || strings.Count(page, `class="mark"`) != 4 || strings.Contains(page, "byte for byte") {
		t.Error("a passage is marked that has another digest than its claim")
	}
}
