package extract_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"kg/internal/extract"
)

// pdfOf is a PDF with lines on pages, each line at a place from the bottom.
func pdfOf(pages ...[][2]any) []byte {
	var b bytes.Buffer
	var at []int
	object := func(text string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), text)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 4+2*i))
	}
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(pages)))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	for i, lines := range pages {
		var s strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&s, "BT /F 12 Tf 72 %d Td (%s) Tj ET\n", l[1], l[0])
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", 5+2*i))
		object(fmt.Sprintf("<</Length %d>>\nstream\n%sendstream", s.Len(), s.String()))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	t.Parallel()
	file := pdfOf(
		[][2]any{{"Loan behind the new harbour", 700}, {"Anna Weber AWAY paid", 660}, {"20,000 euros.", 646}, {"She denies it.", 610}},
		[][2]any{{"The end.", 700}},
	)
	const want = "Loan behind the new harbour\n\nAnna Weber AWAY paid\n20,000 euros.\n\nShe denies it.\n\f\nThe end.\n"
	for range 2 {
		d := extract.Of("x", file)
		if d == nil {
			t.Fatal("it is taken for no PDF")
		}
		if got, err := d.Text(file); got != want || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}

// Many pages are read by the compiled reader, few by the interpreted one: alike.
func TestPDFOfManyPages(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling PDFium takes seconds")
	}
	t.Parallel()
	page := [][2]any{{"Anna Weber AWAY paid", 660}, {"20,000 euros.", 646}}
	many := make([][][2]any, 41)
	for i := range many {
		many[i] = page
	}
	one, file := pdfOf(page), pdfOf(many...)
	want, err := extract.Of("x", one).Text(one)
	if err != nil {
		t.Fatal(err)
	}
	got, err := extract.Of("x", file).Text(file)
	if want = strings.Repeat(strings.TrimSuffix(want, "\n")+"\n\f\n", 40) + want; got != want || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

// What is no PDF but begins as one is an error, and so is one without text; the next
// document is read all the same.
func TestPDFDamaged(t *testing.T) {
	t.Parallel()
	good := pdfOf([][2]any{{"Here", 700}})
	for _, bad := range [][]byte{[]byte("%PDF-1.7\nno more"), good[:len(good)/3], pdfOf([][2]any{}), pdfOf()} {
		if got, err := extract.Of("x", bad).Text(bad); err == nil {
			t.Errorf("%.40q: got %q", bad, got)
		}
	}
	cut := good[:len(good)/3]
	if _, err := extract.Of("x", cut).Text(cut); err == nil || !strings.HasSuffix(err.Error(), "PDF: it is damaged, or ends too early: copy it again") {
		t.Errorf("cut off: got %v", err)
	}
	if got, err := extract.Of("x", good).Text(good); got != "Here\n" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	const page = `<!DOCTYPE html><html><head><title>Loan behind the new harbour wall - The Courier</title>
<meta property="article:published_time" content="2019-04-08T10:00:00Z"><script>var x = "no"</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Loan behind the new harbour wall</h1>
<p>Anna Weber, <b>owner</b> of the dredging
firm Tide<i>water</i>, paid the harbour master Paul Brandt 20,000 euros in March 2019, the police said on Monday.</p>
<p>Weber will perhaps pay the deputy harbour master Ines Falk as well, the weekly Lantern wrote &amp; said.<br>So it was.</p>
<ul><li>One thing that was said</li><li>Another thing that was said</li></ul></article><footer>Imprint</footer></body></html>`
	d := extract.Of("a.html", []byte(page))
	got, err := d.Text([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	const want = `Loan behind the new harbour wall

2019-04-08

Anna Weber, owner of the dredging firm Tidewater, paid the harbour master Paul Brandt 20,000 euros in March 2019, the police said on Monday.

Weber will perhaps pay the deputy harbour master Ines Falk as well, the weekly Lantern wrote & said. So it was.

One thing that was said

Another thing that was said
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEmptyPage(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"", " \n"} {
		_, err := extract.Of("a.html", []byte(file)).Text([]byte(file))
		if err == nil || err.Error() != "the HTML is empty" {
			t.Errorf("%q: got %v", file, err)
		}
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		is         bool
	}{
		{"a.txt", "Some text.", false}, {"a.pdf", "Some text.", false}, {"a.html", "Some text.", true}, {"a.HTM.gz", "<p>", true},
		{"-", "%PDF-1.4", true}, {"-", " <!doctype HTML>", true}, {"-", "", false}, {"-", "<p>it</p>", false},
	} {
		if is := extract.Of(c.name, []byte(c.file)) != nil; is != c.is {
			t.Errorf("%s, %q: got %v", c.name, c.file, is)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("a.html", []byte("<p>One <b>two</b></p><table><tr><td>3</table>"))
	f.Add("a.pdf", pdfOf([][2]any{{"Here", 700}}))
	f.Fuzz(func(t *testing.T, name string, file []byte) {
		if d := extract.Of(name, file); d != nil {
			one, err := d.Text(file)
			if two, again := d.Text(file); one != two || (err == nil) != (again == nil) {
				t.Errorf("%q, %v and then %q, %v", one, err, two, again)
			}
		}
	})
}
