package desk_test

import (
	"net/url"
	"strings"
	"testing"
)

// drafted is courier.yaml with three of its claims marked as drafts.
func drafted(t *testing.T, b *bench) string {
	t.Helper()
	file := b.file("courier.yaml")
	for _, event := range []string{"second-bribe", "loan", "freeze-2019"} {
		file = strings.Replace(file, "    edges:\n      "+event+":", "    drafted-by: some-model\n    edges:\n      "+event+":", 1)
	}
	if strings.Count(file, "drafted-by") != 3 {
		t.Fatal("the file has other claims")
	}
	b.write("courier.yaml", file)
	return file
}

// reviewed posts what becomes of a draft, and returns the page that follows.
func (b *bench) reviewed(code int, fields ...string) string {
	b.t.Helper()
	v := url.Values{"token": {token}, "review": {"1"}, "from": {b.version("courier.yaml")}}
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	w := b.answer(formRequest("courier.yaml", v))
	if w.Code != code {
		b.t.Fatalf("it is answered with %d:\n%s", w.Code, w.Body)
	}
	if code != 303 {
		return w.Body.String()
	}
	return b.get(w.Header().Get("Location"), 200)
}

// Drafts are accepted, skipped, rejected and mended one after another; each step is
// taken back and again, to the byte, and the store has what the file says.
func TestReview(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := drafted(t, b)
	b.has(b.get("/desk/", 200), "Review 3 drafts of courier.yaml")
	page := b.get("/desk/review?name=courier.yaml", 200)
	b.has(page, "Draft 1 of 3", `<mark class="mark lit">Weber will perhaps pay`, "predicts · “perhaps”", "drafted by some-model", `value="accept" data-key="a"`)

	page = b.reviewed(303, "act", "accept", "was", "will-pay-falk", "done", "0", "at", "0")
	b.has(page, "Draft 2 of 3", "Undo: accept will-pay-falk", `<mark class="mark lit">Tidewater is to borrow`)
	first := b.file("courier.yaml")
	if first != strings.Replace(was, "    drafted-by: some-model\n", "", 1) {
		t.Errorf("accepted, it is\n%s", first)
	}
	b.holds("courier.yaml")

	page = b.get("/desk/review?name=courier.yaml&done=1&at=1", 200)
	b.has(page, "Draft 3 of 3", "/desk/review?at=0&amp;done=1&amp;name=courier.yaml", "frozen-2019")
	page = b.reviewed(303, "act", "remove", "was", "frozen-2019", "done", "1", "at", "1")
	b.has(page, "3 of 3 drafts seen", "1 draft was skipped", "Undo: remove frozen-2019")
	second := b.file("courier.yaml")
	if strings.Contains(second, "freeze-2019") || strings.Contains(second, "tax-office") {
		t.Errorf("rejected, it is\n%s", second)
	}
	b.holds("courier.yaml")

	for _, step := range []struct{ act, done, want, file string }{
		{"undo", "2", "Draft 3 of 3", first}, {"undo", "1", "Draft 1 of 3", was}, {"redo", "0", "Draft 2 of 3", first}, {"redo", "1", "3 of 3 drafts seen", second},
	} {
		at := "1"
		if step.want == "Draft 2 of 3" {
			at = "0"
		}
		b.has(b.reviewed(303, "act", step.act, "done", step.done, "at", at), step.want)
		if b.file("courier.yaml") != step.file {
			t.Errorf("after %s it is\n%s", step.act, b.file("courier.yaml"))
		}
		b.holds("courier.yaml")
	}

	// Mending opens the form, and saving goes on with the review.
	b.has(b.get("/desk/file?name=courier.yaml&claim=loan-planned&done=2&at=0", 200), `name="done" value="2"`, "Then the review goes on")
	v := url.Values{"act": {"save"}, "was": {"loan-planned"}, "id": {"loan-planned"}, "done": {"2"}, "at": {"0"}, "token": {token}, "from": {b.version("courier.yaml")},
		"edges": {"loan: {payer: coastal-bank, recipient: tidewater, amount: {value: 3000000, unit: EUR}, status: planned}"}, "words": {"Tidewater is to borrow 3 million euros from Coastal Bank, Weber said."}, "speaker": {"anna-weber"}, "hedge": {"is to"}}
	w := b.answer(formRequest("courier.yaml", v))
	b.has(b.get(w.Header().Get("Location"), 200), "3 of 3 drafts seen", "No draft is left")
	if got := b.file("courier.yaml"); strings.Contains(got, "drafted-by") || !strings.Contains(got, "hedge: is to") {
		t.Errorf("mended, it is\n%s", got)
	}
	b.holds("courier.yaml")
}

// The only claim of a file can be rejected: the file is as one that begins.
func TestReviewRejectsTheLast(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("courier.yaml", read(t, "testdata/begun.yaml")+"  gull: Vessel Gull\n\nclaims:\n  - at: \"The bank has not yet agreed.\"\n    drafted-by: a-model\n    edges: reader owns gull\n")
	b.has(b.reviewed(303, "act", "remove", "was", "reader-owns-gull", "done", "0", "at", "0"), "No draft is left", "Undo: remove reader-owns-gull")
	if got := b.file("courier.yaml"); got != read(t, "testdata/begun.yaml") {
		t.Errorf("rejected, it is\n%s", got)
	}
	// What the words of a draft do not tell apart is no hindrance to others, and told.
	b.reviewed(303, "act", "undo", "done", "1", "at", "0")
	b.write("courier.yaml", strings.Replace(b.file("courier.yaml"), "The bank has not", "The bank had not", 1))
	b.has(b.get("/desk/review?name=courier.yaml", 200), "It cannot be accepted as it is", "these words are in no paragraph")
}

// Who comes second, without a token, or with a draft that does not hold, is told so,
// and nothing is written.
func TestReviewRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	drafted(t, b)
	from := b.version("courier.yaml")
	b.reviewed(303, "act", "accept", "was", "will-pay-falk", "done", "0", "at", "0")
	is := b.file("courier.yaml")
	b.has(b.reviewed(409, "act", "accept", "was", "frozen-2019", "done", "0", "at", "2", "from", from), "Nothing was written: the file has changed", "claim will-pay-falk changed", "frozen-2019")
	b.has(b.reviewed(409, "act", "undo", "done", "0", "at", "0", "from", from), "Nothing was written")
	b.has(b.reviewed(401, "act", "accept", "was", "frozen-2019", "done", "1", "at", "1", "token", ""), "that needs the token", "Draft 3 of 3")
	if b.file("courier.yaml") != is {
		t.Error("it was written")
	}
	// Another program writes: there is nothing to take back, and what it wrote stays.
	other := strings.Replace(is, "recipient: tidewater", "recipient: nobody", 1)
	b.write("courier.yaml", other)
	b.has(b.reviewed(409, "act", "undo", "done", "1", "at", "0"), "There is nothing to undo or redo")
	page := b.get("/desk/review?name=courier.yaml", 200)
	b.has(page, "It cannot be accepted as it is", "unknown entity &#34;nobody&#34;")
	b.has(b.reviewed(422, "act", "accept", "was", "loan-planned", "done", "0", "at", "0"), "unknown entity &#34;nobody&#34;", "Draft 1 of 2")
	// The others can be accepted all the same.
	b.reviewed(303, "act", "accept", "was", "frozen-2019", "done", "0", "at", "1")
	if got := b.file("courier.yaml"); got == other || !strings.Contains(got, "recipient: nobody") {
		t.Errorf("it is\n%s", got)
	}
	b.has(b.get("/desk/file?name=courier.yaml", 200), "Still open in this file: 1", "claim loan-planned</a>: unknown entity")
}

// A draft is said to be one, and counts when somebody has saved it, not before; other
// drafts of the file stay drafts, and undoing makes a draft of it again.
func TestDeskDrafts(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	text := []rune(read(t, "testdata/courier.txt"))
	const mark = "    drafted-by: some-model\n    edges:\n"
	drafted := strings.Replace(b.file("courier.yaml"), "    edges:\n      freeze-2019:", mark+"      freeze-2019:", 1)
	drafted = strings.Replace(drafted, "    edges:\n      second-bribe:", mark+"      second-bribe:", 1)
	b.write("courier.yaml", drafted)
	b.has(b.get("/desk/file?name=courier.yaml", 200), "draft by some-model · ", "7 claims")
	page := b.get("/desk/file?name=courier.yaml&claim=frozen-2019", 200)
	b.has(page, "Draft frozen-2019", "Drafted by some-model and not confirmed", "The yacht")
	if page := b.get("/desk/file?name=courier.yaml&claim=frozen-2018", 200); strings.Contains(page, `id="drafted"`) {
		t.Error("a confirmed claim is called a draft")
	}
	fields := []string{"was", "frozen-2018", "act", "save", "edges", "freeze-2018: {imposed-by: customs-office, frozen: gull, date: 2018-05, status: done}",
		"start", "505", "end", "574", "words", string(text[505:574]), "says", "The customs office had frozen it before.", "speaker", "customs-office", "id", "frozen-2018"}
	b.post("courier.yaml", 303, fields...)
	if got := strings.Count(b.file("courier.yaml"), "drafted-by"); got != 2 {
		t.Fatalf("another claim is saved, and %d of 2 drafts are left", got)
	}
	b.holds("courier.yaml")
	is := b.file("courier.yaml")
	b.post("courier.yaml", 303, "was", "frozen-2019", "act", "save", "edges", "freeze-2019: {imposed-by: tax-office, frozen: gull, date: 2019-04-02, status: done}",
		"start", "424", "end", "504", "words", string(text[424:504]), "says", "The yacht was frozen on 2 April 2019 for the tax office.", "id", "frozen-2019")
	if want := strings.Replace(is, mark+"      freeze-2019:", "    edges:\n      freeze-2019:", 1); b.file("courier.yaml") != want {
		t.Errorf("confirmed, it is\n%s\nwant\n%s", b.file("courier.yaml"), want)
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "undo")
	if b.file("courier.yaml") != is {
		t.Errorf("undone, it is\n%s", b.file("courier.yaml"))
	}
	b.holds("courier.yaml")
	b.post("courier.yaml", 303, "act", "remove", "was", "will-pay-falk")
	if got := b.file("courier.yaml"); strings.Count(got, "drafted-by") != 1 || strings.Contains(got, "will-pay-falk") || strings.Contains(got, "second-bribe") ||
		strings.Contains(got, "ines-falk") || !strings.Contains(got, "  anna-weber: {") {
		t.Errorf("rejected, it is\n%s", got)
	}
	b.holds("courier.yaml")
}

// A draft whose event has its status from another draft cannot count alone: the review
// says which draft it rests on, and accepts both in one step, which undo takes back.
func TestReviewAcceptsWhatADraftRestsOn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	was := b.file("courier.yaml")
	const split = "      freeze-2019: {"
	i := strings.Index(was, "  frozen-2019:")
	end := i + strings.Index(was[i:], "\n\n")
	if end < i {
		end = len(was) - 1
	}
	one := was[i:end]
	status := strings.Replace(strings.Replace(one, "frozen-2019:", "status-2019:", 1), split, split+"imposed-by: tax-office, status: done} #", 1)
	status = strings.TrimSpace(status[:strings.Index(status, " #")])
	rest := strings.Replace(one, ", status: done", "", 1)
	if rest == one {
		t.Fatalf("the file has another claim:\n%s", one)
	}
	mark := func(claim string) string {
		return strings.Replace(claim, "    edges:\n", "    drafted-by: some-model\n    edges:\n", 1)
	}
	b.write("courier.yaml", was[:i]+mark(rest)+"\n\n  "+mark(status)+was[end:])
	is := b.file("courier.yaml")
	page := b.get("/desk/review?name=courier.yaml", 200)
	b.has(page, "Draft 1 of 2", "cannot be accepted alone", `at=1&amp;done=0&amp;name=courier.yaml"><code>status-2019</code></a> first, or accept all in one step`, `name="with" value="status-2019 "`, "Accept with status-2019")
	b.reviewed(422, "act", "accept", "was", "frozen-2019", "done", "0", "at", "0") // alone
	if b.file("courier.yaml") != is {
		t.Fatal("alone it was accepted")
	}
	page = b.reviewed(303, "act", "accept", "was", "frozen-2019", "with", "status-2019 ", "done", "0", "at", "0")
	b.has(page, "2 of 2 drafts seen", "No draft is left")
	if got := b.file("courier.yaml"); strings.Contains(got, "drafted-by") {
		t.Errorf("accepted, it is\n%s", got)
	}
	b.holds("courier.yaml")
	b.has(b.reviewed(303, "act", "undo", "done", "2", "at", "0"), "Draft 1 of 2")
	if b.file("courier.yaml") != is {
		t.Errorf("undone, it is\n%s", b.file("courier.yaml"))
	}
	b.has(b.reviewed(303, "act", "redo", "done", "0", "at", "0"), "2 of 2 drafts seen")
	b.has(b.reviewed(303, "act", "undo", "done", "2", "at", "0"), "Draft 1 of 2")
	// The other way round the first needs no other.
	b.has(b.reviewed(303, "act", "accept", "was", "status-2019", "done", "0", "at", "1"), "1 draft was skipped")
	page = b.get("/desk/review?name=courier.yaml&done=1", 200)
	if strings.Contains(page, "cannot be accepted") {
		t.Errorf("with its status confirmed it is refused:\n%s", page)
	}
	b.has(b.reviewed(303, "act", "accept", "was", "frozen-2019", "done", "1", "at", "0"), "2 of 2 drafts seen")
	b.holds("courier.yaml")
}
