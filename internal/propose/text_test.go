package propose_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/claimsfile"
	"kg/internal/document"
	"kg/internal/propose"
	"kg/internal/sourcetext"
	"kg/schema"
)

func proposal(t testing.TB, text *sourcetext.Text, id string) *propose.Proposal {
	t.Helper()
	p, err := propose.Text(text, ontology(t), propose.Hints{ID: id, Known: unknown})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func unknown(string) (*propose.Known, error) { return nil, nil }

func textOf(t testing.TB, words string) *sourcetext.Text {
	t.Helper()
	text, err := sourcetext.New([]byte(words))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The proposals for two invented texts equal the files beside them, byte for byte.
func TestProposals(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"courier", "ledger"} {
		text := textOf(t, string(file(t, filepath.Join("testdata/new", name+".txt"))))
		got, err := proposal(t, text, name).File("Jane Doe", false)
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata/new", name+".yaml")
		if os.Getenv("KG_UPDATE") != "" {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := file(t, golden); string(got) != string(want) {
			t.Errorf("%s: KG_UPDATE=1 writes it\ngot\n%s\nwant\n%s", golden, got, want)
		}
	}
}

func TestProposeDates(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]string{
		"on 12 March 2019": "2019-03-12", "on March 12th, 2019": "2019-03-12", "on 2019-03-12": "2019-03-12", "on 12.03.2019": "2019-03-12",
		"in Sept. 2019": "2019-09", "in May 2018": "2018-05", "since 2011": "2011/..", "from 2012 to 2019": "2012/2019", "2012–2019": "2012/2019",
		"in the early 1990s": "1990~/1993~", "in the 1990s": "199X", "the second half of 2006": "2006-41", "in the third quarter of 2007": "2007-35",
		"on Monday": "2019-04-08 (Monday, resolved)", "on Tuesday evening": "2019-04-02 (Tuesday evening, resolved)", "yesterday": "2019-04-07 (yesterday, resolved)",
		"last month": "2019-03 (last month, resolved)", "next year": "2020 (next year, resolved)", "on 12 March": "2019-03-12 (12 March, resolved)",
		"on December 24": "2018-12-24 (December 24, resolved)", "in February": "2019-02 (in February, resolved)", "on 31 April 2019": "2019-04 2019",
		"he may pay": "", "at 2500 places": "", "the march of 300 men": "",
	} {
		p := proposal(t, textOf(t, "Head\n\nPosted 8 April 2019\n\nThe ship Gull left "+printed+"."), "x")
		var got []string
		for _, d := range p.Dates {
			got = append(got, d.Text)
		}
		if printed == "on 31 April 2019" { // no such day, but such a month
			want = "2019-04"
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
	}
}

func TestProposeAmounts(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string]string{
		"20,000 euros": "20000 EUR", "$45,000": "45000 USD", "€3 million": "3000000 EUR", "2.5 billion yen": "2500000000 JPY", "2 to 3 million euros": "2000000-3000000 EUR",
		"about $40 to 50 from each Danish driver every month": "about 40-50 USD per driver per month", "some 90 percent": "about 90%", "40%": "40%",
		"12,000 North Korean workers": "12000 workers", "58 cars": "58 cars", "a 39-year-old man": "39 years", "four times higher": "4 times", "100 tons of oil": "100 tons",
		"more than 30 ships": "30 ships (more than 30 ships)", "1,500 euros a month": "1500 EUR per month", "£1.25m": "1250000 GBP", "0 cars": "0 cars", "two of them": "",
		"EUR": "", "in 2019": "", "plate 087": "087",
	} {
		p := proposal(t, textOf(t, "The firm Gull has "+printed+"."), "x")
		var got []string
		for _, v := range p.Amounts {
			got = append(got, v.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", printed, got, want)
		}
	}
}

func TestProposeNames(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"The yacht Gull left. Mr. Falk, 39, sailed it.":                           "Vessel Gull; Person Falk",
		"Blue Line, a ferry company in Harbourtown, was sold.":                    "Company Blue Line; ??? Harbourtown",
		"Officials met at the Bank of Norway. Recently it closed.":                "Bank Bank of Norway",
		"Companies, such as Alfa, Beta and Gamma Trade, paid. Beta paid.":         "Company Alfa; Company Beta; Company Gamma Trade",
		"Anna Weber and her brother met. Weber's lawyer left.":                    "??? Anna Weber",
		"The Russian embassy and the French government are in Oslo.":              "Country Russia; Embassy Russian embassy; Country France; Government French government; ??? Oslo",
		"The Dutch met Russians. A Korean-Russian spoke to Asian men.":            "Country Netherlands; Country Russia",
		"He told the European Central Bank (ECB) so on Monday in May.":            "Bank European Central Bank / ECB",
		"Ludwig van der Berg became harbour master. President Orbán was there.":   "Person Ludwig van der Berg; Person Orbán",
		"We paid. Big players pay. Nobody told Falk why.":                         "??? Falk",
		"Kim Jong Il, leader of North Korea, met U.S. officials in O'Brien Hall.": "Person Kim Jong Il; Country North Korea; Country United States; ??? O'Brien Hall",
	} {
		var got []string
		for _, n := range proposal(t, textOf(t, words), "x").Names {
			if n.Name != "" {
				kind := n.Kind
				if kind == "" {
					kind = document.Blank
				}
				got = append(got, strings.Join(append([]string{kind + " " + n.Name}, n.Also...), " / "))
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q:\ngot  %q\nwant %q", words, strings.Join(got, "; "), want)
		}
	}
}

func TestProposeSpeakers(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"“It was a gift,” said Anna Weber.":                                      "anna-weber",
		"Anna Weber, owner of Tidewater, said, “It was a gift to him.”":          "anna-weber",
		"\"It was a gift,\" an old official said on Monday.":                     "old-official",
		"“It was a gift to him,“ said residents living near the harbour.":        "residents",
		"It was a gift, according to Anna Weber.":                                "anna-weber",
		"Both Anna Weber and Paul Brandt deny that money changed hands.":         "anna-weber paul-brandt denies",
		"A clerk, who saw the money, said it was a gift.":                        "clerk",
		"“It was a gift to him,” the clerk of the port told Paul Brandt.":        "clerk-of-the-port",
		"The firm's lawyer admits that he paid.":                                 "firms-lawyer admits",
		"The yacht Gull left. He said that it was a gift.":                       "",
		"Harbour master Falk called it a “gift”.":                                "",
		"“It was a gift,” said the clerk. “I saw it with my own eyes.”":          "clerk; clerk",
		"A clerk estimates that the gift was large. It is said that he left.":    "clerk estimates",
		"The Lantern wrote that “the money was paid in cash by Paul” yesterday.": "lantern",
	} {
		var got []string
		for _, s := range proposal(t, textOf(t, words), "x").Speeches {
			if len(s.Speakers) > 0 {
				got = append(got, strings.TrimSpace(strings.Join(s.Speakers, " ")+" "+s.Stance))
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q:\ngot  %q\nwant %q", words, strings.Join(got, "; "), want)
		}
	}
}

// For any text: the file is formatted as by kg fmt, its locators match, and loading it
// reports nothing but blanks.
func FuzzPropose(f *testing.F) {
	for _, name := range []string{"new/courier.txt", "new/ledger.txt", "../../../data/testdata/example.txt"} {
		f.Add(string(file(f, filepath.Join("testdata", name))))
	}
	f.Add("# The 동아일보 “said” $5m-6 Mr. 's (X) {Y}: Z's\n\n○ Head\n\n“A, said B. May 31 2019–2018 in 2019-02-30.")
	f.Add("A: b # c 'D' said. \"E\" [F] said G-H, who I, said. J. K. Ltd of of Bank of de la")
	f.Add("A \x07 head \u2028\n\nThe \x07 clerk \x1b[1m of Oslo said \u0085 Anna \x07 Weber left.\r\nX.")
	o := ontology(f)
	f.Fuzz(func(t *testing.T, words string) {
		text, err := sourcetext.New([]byte(words))
		if err != nil {
			return
		}
		p, err := propose.Text(text, o, propose.Hints{ID: "x", Known: unknown})
		if err != nil {
			return // it names nothing
		}
		got, err := p.File("", false)
		if err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		if again, err := claimsfile.Format("x", got); err != nil || string(again) != string(got) {
			t.Errorf("kg fmt changes it: %v\n%s\n%s", err, got, again)
		}
		onlyBlanks(t, o, got)
		if shown, err := p.File("", true); err != nil {
			t.Errorf("with its paragraphs: %v\n%s", err, shown)
		}
		located, err := data.Locate(text, "x", got)
		if err != nil || string(located) != string(got) {
			t.Errorf("its places do not hold: %v", err)
		}
	})
}

var blankError = regexp.MustCompile(`is still blank \(\?\?\?\)|are still blank \(\?\?\?\)`)

func onlyBlanks(t *testing.T, o *schema.Ontology, file []byte) {
	t.Helper()
	_, err := data.Read("x", file, o, schema.DefaultBase)
	if err == nil {
		t.Fatal("a file with blanks loads")
	}
	for line := range strings.Lines(err.Error()) {
		if !blankError.MatchString(line) {
			t.Errorf("%s\n%s", line, file)
		}
	}
}
