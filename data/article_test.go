package data_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v4"

	"kg/data"
	"kg/internal/datatest"
	"kg/internal/sourcetext"
	"kg/schema"
)

const articleFile = "donga-2008-04-04.yaml"

// bundled is the part of the article's file that these tests look at, read in
// a way of its own.
type bundled struct {
	Source struct {
		SHA256              string
		Characters, Body    int
		Heading, Title      string
		Publisher, Language string
	}
	Claims  map[string]bundledClaim
	Skipped []struct{ At place }
}

type bundledClaim struct {
	At          *place
	Hedge       string
	Speaker     any
	DerivedFrom []string `yaml:"derived-from"`
}

type place struct {
	Paragraph, Start, End int
	SHA256                string
}

// UnmarshalYAML reads a place in a line: 2:228-302 and its SHA-256.
func (p *place) UnmarshalYAML(n *yaml.Node) error {
	_, err := fmt.Sscanf(n.Value, "%d:%d-%d %s", &p.Paragraph, &p.Start, &p.End, &p.SHA256)
	return err
}

func article(t *testing.T) (b bundled, places []place) {
	t.Helper()
	if err := yaml.Load(file(t, articleFile), &b); err != nil {
		t.Fatal(err)
	}
	for _, c := range b.Claims {
		if c.At != nil {
			places = append(places, *c.At)
		}
	}
	for _, s := range b.Skipped {
		places = append(places, s.At)
	}
	return b, places
}

// articleText finds the article's text, which is not ours to keep, through
// KG_TEXT.
func articleText(t *testing.T, sha256 string) *sourcetext.Text {
	t.Helper()
	path := os.Getenv("KG_TEXT")
	if path == "" {
		t.Skip("KG_TEXT names no file or folder with the article's text, which is not part of kg")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := data.OpenTexts(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := texts.Of(sha256)
	if err != nil {
		t.Fatal(err)
	}
	if text == nil {
		t.Fatalf("KG_TEXT=%s has no text with the SHA-256 %s", path, sha256)
	}
	return text
}

func TestBundledFilesLoad(t *testing.T) {
	t.Parallel()
	o := ontology(t)
	doc, err := data.Read(articleFile, file(t, articleFile), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	if _, claims := doc.Counts(); claims < 50 {
		t.Errorf("only %d claims", claims)
	}
	embedded, err := data.Bundled.ReadFile(articleFile)
	if err != nil || string(embedded) != string(file(t, articleFile)) {
		t.Errorf("the embedded file is another one: %v", err)
	}
}

// Every place in the article's file is that of the text, to the letter.
func TestPlacesAreThoseOfTheText(t *testing.T) {
	b, places := article(t)
	text := articleText(t, b.Source.SHA256)
	if text.Len() != b.Source.Characters {
		t.Errorf("the text has %d code points, not %d", text.Len(), b.Source.Characters)
	}
	paragraphs := paragraphsOf(whole(text), b)
	for _, p := range places {
		if _, same := text.Passage(p.Start, p.End, p.SHA256); !same {
			t.Errorf("the passage from %d to %d has another digest", p.Start, p.End)
		}
		if p.Paragraph < 1 || p.Paragraph > len(paragraphs) {
			t.Errorf("there is no paragraph %d", p.Paragraph)
			continue
		}
		if in := paragraphs[p.Paragraph-1]; p.Start < in[0] || p.End > in[1] {
			t.Errorf("the passage from %d to %d is not in paragraph %d, which goes from %d to %d", p.Start, p.End, p.Paragraph, in[0], in[1])
		}
	}
}

// kg locate finds nothing to change in the article's file.
func TestLocateTheArticle(t *testing.T) {
	t.Parallel()
	b, _ := article(t)
	text, want := articleText(t, b.Source.SHA256), file(t, articleFile)
	if got, err := data.Locate(text, articleFile, want); err != nil || string(got) != string(want) {
		t.Errorf("%d bytes become %d, %v", len(want), len(got), err)
	}
}

// Every sentence of the article is covered by a claim's passage, or listed
// with a reason: no letter of a paragraph is left over.
func TestEverySentenceIsCovered(t *testing.T) {
	b, places := article(t)
	text := articleText(t, b.Source.SHA256)
	runes := whole(text)
	covered := make([]bool, len(runes))
	for _, p := range places {
		for i := p.Start; i < p.End; i++ {
			covered[i] = true
		}
	}
	for n, paragraph := range paragraphsOf(runes, b) {
		for i := paragraph[0]; i < paragraph[1]; i++ {
			if !covered[i] && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i])) {
				end := min(i+40, paragraph[1])
				t.Errorf("paragraph %d: no passage covers %q from %d on", n+1, string(runes[i:end]), i)
				break
			}
		}
	}
}

// The words of the article are never committed: no eight of its words in a row
// stand in any file of kg. Names, figures and a few words of printed wording may.
func TestNoWordsOfTheArticle(t *testing.T) {
	b, _ := article(t)
	text := articleText(t, b.Source.SHA256)
	const run = 8
	words := plainWords(string(whole(text)[b.Source.Body:])) // the headline is the source's title
	runs := map[string]bool{}
	for i := 0; i+run <= len(words); i++ {
		runs[strings.Join(words[i:i+run], " ")] = true
	}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".git" {
				return filepath.SkipDir
			}
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil || slices.Contains(content, 0) || len(content) > 1<<22 {
			return err
		}
		found := plainWords(string(content))
		for i := 0; i+run <= len(found); i++ {
			if s := strings.Join(found[i:i+run], " "); runs[s] {
				t.Errorf("%s holds words of the article: %q", path, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var wordPattern = regexp.MustCompile(`[\p{L}\p{N}]+(,\p{N}+)*`)

func plainWords(s string) []string { return wordPattern.FindAllString(strings.ToLower(s), -1) }

func whole(t *sourcetext.Text) []rune {
	words, _ := t.Passage(0, t.Len(), "")
	return []rune(words)
}

// paragraphsOf finds the paragraphs in another way than package data: it walks
// the lines, each of which is a paragraph in this article.
func paragraphsOf(runes []rune, b bundled) [][2]int {
	var list [][2]int
	at := b.Source.Body
	for _, line := range strings.Split(string(runes[at:]), "\n") {
		end := at + len([]rune(line))
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, b.Source.Heading) {
			list = append(list, [2]int{at, end})
		}
		at = end + 1
	}
	return list
}

// The article holds against its text; behind a new line every passage moved; and
// where a word of a passage is another, that is what differs.
func TestArticleVerifies(t *testing.T) {
	b, _ := article(t)
	text := articleText(t, b.Source.SHA256)
	l, err := data.ReadLocators(articleFile, file(t, articleFile), schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	was := string(whole(text))
	old := []string{folderOf(t, map[string]string{"was.txt": was})}
	verify := func(is string) *data.Verified {
		return verified(t, textFile(t, is), l, old)
	}
	if v := verify(was); !v.Good() || len(v.Results) < 50 {
		t.Errorf("of %d passages some do not match", len(v.Results))
	}
	for i, r := range verify("A line\n" + was).Results {
		places := spotsOf(r.Nearest) // of a passage of few words there are several
		if !slices.Contains(places, spot{Paragraph: r.Paragraph, Start: r.Start + 7, End: r.End + 7}) || (r.Verdict == data.Moved) != (len(places) == 1) {
			t.Errorf("place %d: %s", i, r.Verdict)
		}
	}
	for i, p := range l.List {
		if strings.Count(was, string(whole(text)[p.Start:p.End])) > 1 {
			continue // it stands elsewhere, too
		}
		runes := slices.Clone(whole(text))
		at := p.Start + (p.End-p.Start)/2
		for !unicode.IsLower(runes[at]) {
			at++
		}
		runes[at] = 'X'
		r := verify(string(runes)).Results[i]
		if r.Verdict != data.Altered || r.Nearest.Start != p.Start || r.Nearest.End != p.End || len(r.Nearest.Differs) != 1 {
			t.Errorf("place %d with another letter at %d: %s, %+v", i, at, r.Verdict, r.Nearest)
		}
	}
}

// articleQuads is the SHA-256 of what the article's file says, as sorted N-Quads. The
// file was written anew in shorter forms: it says what it said. Who means it to say
// something else puts the new digest here, and why into the commit.
const articleQuads = "b92ca9c2cca325aad84bcc2e4835290a93aca7256223f72d52526bdadbaf3ff7"

func TestArticleSaysTheSame(t *testing.T) {
	t.Parallel()
	doc := articleDoc(t)
	sum := sha256.Sum256([]byte(strings.Join(datatest.Quads(doc), "\n") + "\n"))
	if got := hex.EncodeToString(sum[:]); got != articleQuads {
		t.Errorf("the article's quads have the digest %s, not %s", got, articleQuads)
	}
}
