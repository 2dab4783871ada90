package document_test

import "testing"

func TestCheckClaim(t *testing.T) {
	const (
		derived  = "    derived-from: [price]\n"
		annotate = ": it is the annotator's"
		stances  = ": one of asserts, admits, confirms, estimates, predicts, alleges, denies"
	)
	testMistakes(t, []mistake{
		{"bad id", "  hired:\n", "  Hired:\n", `42:3: claim id "Hired" must be lower-case words and digits with hyphens, such as kim-jong-il`},
		{"doubled id", "  per-ship:\n", "  price:\n", `48:3: "price" stands twice in claims (first in line 32)`},
		{"unknown field", "    hedge: some", "    hegde: some", `37:5: unknown field "hegde" in claim price (did you mean "hedge"?)`},
		{"unknown speaker", "speaker: clerk", "speaker: clrek", `34:14: unknown entity "clrek" (did you mean "clerk"?)`},
		{"speaker that cannot speak", "speaker: clerk", "speaker: report", `34:14: speaker "report" is of kind Document, which cannot speak: it must be a person, a group or an organisation`},
		{"speaker by its name", "speaker: clerk", "speaker: A clerk at the port", `34:14: unknown entity "A clerk at the port"`},
		{"unknown step of the chain", "via: [port, report]", "via: [port, reprot]", `35:17: unknown entity "reprot" (did you mean "report"?)`},
		{"unknown stance", "stance: alleges", "stance: aleges", `36:13: unknown stance "aleges" (did you mean "alleges"?)` + stances},
		{"stance unlike any", "stance: alleges", "stance: sings", `36:13: unknown stance "sings"` + stances},
		{"no place and no derivation", derived, "", `48:3: claim "per-ship" needs its place in the text (at), or the claims it is derived from`},
		{"derived from nothing", derived, "    derived-from: []\n", "48:3: claim \"per-ship\" needs its place in the text (at), or the claims it is derived from\n" +
			"50:19: derived-from is empty"},
		{"derived from an unknown claim", derived, "    derived-from: [pirce, sold]\n", `50:20: unknown claim "pirce" (did you mean "price"?)`},
		{"derived from itself", derived, "    derived-from: [price, per-ship]\n", `48:3: claim "per-ship" is derived from itself`},
		{"derived from itself by way of another", derived + "    edges:\n",
			"    derived-from: per-month\n    edges: {blue-line: {trade: ferries}}\n  per-month:\n    says: That is less a month.\n    derived-from: per-ship\n    edges:\n",
			"48:3: claim \"per-ship\" is derived from itself\n52:3: claim \"per-month\" is derived from itself"},
		{"derived from one that is derived from itself", derived + "    edges:\n",
			"    derived-from: per-month\n    edges: {blue-line: {trade: ferries}}\n  per-month:\n    says: That is less a month.\n    derived-from: per-month\n    edges:\n",
			`52:3: claim "per-month" is derived from itself`},
		{"derived with a speaker", derived, derived + "    speaker: clerk\n", `51:14: a derived claim has no speaker` + annotate},
		{"derived with a stance", derived, derived + "    stance: alleges\n", `51:13: a derived claim has no stance` + annotate},
		{"derived with a hedge", derived, derived + "    hedge: roughly\n", `51:12: a derived claim has no hedge` + annotate},
		{"derived with a chain", derived, derived + "    via: [port, report]\n", `51:11: a derived claim has no via` + annotate},
		{"derived with a place", derived, derived + "    at: {paragraph: 1, start: 1, end: 2, sha256: 76}\n",
			`51:9: a derived claim has no place in the text: those of the claims it is derived from are its evidence`},
		{"no edge", "    edges:\n      sale: {price: {min: 2, max: 3.5, unit: million EUR, approximate: true}}\n", "", `32:3: claim "price" asserts no edge`},
		{"edges of nothing", "      sale: {price: {min: 2, max: 3.5, unit: million EUR, approximate: true}}\n", "      sale: {}\n", "32:3: claim \"price\" asserts no edge\n41:13: edges of sale is empty"},
	})
}

func TestCheckPassage(t *testing.T) {
	const words = "a passage is kept as its place, not its words: kg locate FILE --text TEXT finds the place and takes the words out"
	testMistakes(t, []mistake{
		{"behind the end of the text", "start: 49, end: 112", "start: 49, end: 343", `28:9: the passage ends at 343, outside the text of 342 characters`},
		{"wrong way round", "start: 49, end: 112", "start: 112, end: 49", `28:9: the passage from 112 to 49 is empty or the wrong way round`},
		{"empty", "start: 49, end: 112", "start: 49, end: 49", `28:9: the passage from 49 to 49 is empty or the wrong way round`},
		{"before the text", "start: 49, end: 112", "start: -1, end: 112", `28:9: the passage from -1 to 112 is empty or the wrong way round`},
		{"paragraph 0", "paragraph: 1,", "paragraph: 0,", `28:9: the first paragraph is 1, not 0`},
		{"words", "at: {paragraph: 1, start: 49, end: 112, sha256: 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed}", `at: "Blue Line … for sale."`, `28:9: ` + words},
		{"words skipped", "at: {paragraph: 4, start: 322, end: 341, sha256: 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed}", `at: "It rained."`, `54:9: ` + words},
		{"bad digest", "end: 112, sha256: 7692", "end: 112, sha256: 769", `28:9: a SHA-256 has 64 hexadecimal digits, in lower case, not "769c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"`},
		{"bad digest of what is skipped", "end: 341, sha256: 7692", "end: 341, sha256: x692", `54:9: a SHA-256 has 64 hexadecimal digits, in lower case, not "x692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"`},
		{"passage without a start", "start: 253, ", "", `44:9: start is missing in at`},
		{"digest in capitals", "end: 112, sha256: 7692c", "end: 112, sha256: 7692C", `28:9: a SHA-256 has 64 hexadecimal digits, in lower case, not "7692C3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"`},
		{"unknown field", "start: 253", "strat: 253", "44:9: start is missing in at\n" + `44:24: unknown field "strat" in at (did you mean "start"?)`},
		{"skipped without a reason", "    why: The weather is no relationship.\n", "", `54:9: why is missing`},
		{"skipped for an empty reason", "why: The weather is no relationship.", "why:", `55:9: why is empty`},
	})
}
