package document_test

import "testing"

// A blank is reported as such. Properties that it leaves open, such as those a blank
// claim may yet state, are no mistake.
func TestBlank(t *testing.T) {
	testMistakes(t, []mistake{
		{"publisher", "publisher: herald", "publisher: ???", `5:14: publisher of the source is still blank (???): fill it in`},
		{"kind", "kind: NewsMedia", "kind: ???", `15:18: kind of herald is still blank (???): fill it in`},
		{"source", "id: herald-2020-05-04", "id: ???", `3:7: source id is still blank (???): fill it in`},
		{"edges", "    edges:\n      sale: {item: blue-line, date: 2020-04/.., status: planned}\n      ship: {tonnage: 12000, in-service: true, launched: 1999-05-01, tide: flood}\n", "    edges: ???\n", `29:12: the edges of this claim are still blank (???): fill them in, or take the claim out`},
	})
}
