package document_test

import "testing"

func TestCheckSource(t *testing.T) {
	const (
		slug      = " must be lower-case words and digits with hyphens, such as kim-jong-il"
		notADay   = "7:9: the day of publication must be a day such as 2008-04-04, or the month or year if no more is known, not "
		noBody    = "10:9: body is where paragraph 1 begins, in code points, not "
		noBodyEnd = ": kg locate FILE --text TEXT finds it"
		noSpeaker = ", which cannot speak: it must be a person, a group or an organisation"
	)
	testMistakes(t, []mistake{
		{"bad id", "id: herald-2020-05-04", "id: Herald_2020", `3:7: source id "Herald_2020"` + slug},
		{"id that ends in a hyphen", "id: herald-2020-05-04", "id: herald-", `3:7: source id "herald-"` + slug},
		{"no id", "  id: herald-2020-05-04\n", "", `1:1: source id is missing`},
		{"no title", "  title: Ferry firm changes hands\n", "", `3:7: title of the source is missing`},
		{"empty title", "title: Ferry firm changes hands", "title:", `4:9: title is empty`},
		{"no language", "  language: en\n", "", `3:7: language of the source is missing`},
		{"language that is a number", "language: en", "language: 12", `8:13: the language must be a tag of BCP 47 such as en or zh-Hant, not "12"`},
		{"language in words", "language: en", "language: English", `8:13: the language must be a tag of BCP 47 such as en or zh-Hant, not "English"`},
		{"unknown language", "language: en", "language: xx-DE", `8:13: the language must be a tag of BCP 47 such as en or zh-Hant, not "xx-DE"`},
		{"language of a locale", "language: en", "language: en_US", `8:13: the parts of a language are joined by '-': "en_US" is no tag of BCP 47 (did you mean "en-US"?)`},
		{"no publisher", "  publisher: herald\n", "", `3:7: publisher of the source is missing`},
		{"unknown publisher", "publisher: herald", "publisher: hearld", `5:14: unknown entity "hearld" (did you mean "herald"?)`},
		{"publisher that cannot speak", "publisher: herald", "publisher: report", `5:14: publisher "report" is of kind Document` + noSpeaker},
		{"no annotator", "  annotator: jane-doe\n", "", `3:7: annotator of the source is missing`},
		{"unknown annotator", "annotator: jane-doe", "annotator: somebody", `6:14: unknown entity "somebody"`},
		{"annotator that cannot speak", "annotator: jane-doe", "annotator: sale", `6:14: annotator "sale" is of kind Sale` + noSpeaker},
		{"no date", "  date: 2020-05-04\n", "", `3:7: date of the source is missing`},
		{"date without a day", "  date: 2020-05-04\n", "  date: 2020-05\n", `46:81: a date is resolved against the day of publication, and of this source no day is known: write the date alone`},
		{"date that no calendar has", "  date: 2020-05-04\n", "  date: 2020-02-30\n", notADay + `"2020-02-30"`},
		{"date in words", "  date: 2020-05-04\n", "  date: 4 May 2020\n", notADay + `"4 May 2020"`},
		{"uncertain date", "  date: 2020-05-04\n", "  date: 2020-05-04~\n", notADay + `"2020-05-04~"`},
		{"relative address", "https://herald.example/2020/05/04/ferry", "herald.example/ferry", `9:12: address: "herald.example/ferry" is no absolute IRI such as https://example.org/x`},
		{"address with a space", "https://herald.example/2020/05/04/ferry", "https://herald.example/a b", `9:12: address: an IRI cannot contain ' '`},
		{"long digest", "\n  sha256: 7692", "\n  sha256: zz7692", `12:11: a SHA-256 has 64 hexadecimal digits, in lower case, not "zz7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431…"`},
		{"short digest", "\n  sha256: 7692", "\n  sha256: 76", `12:11: a SHA-256 has 64 hexadecimal digits, in lower case, not "76c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"`},
		{"digest of other letters", "\n  sha256: 7692", "\n  sha256: 769g", `12:11: a SHA-256 has 64 hexadecimal digits, in lower case, not "769gc3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"`},
		{"text shorter than a passage", "characters: 342", "characters: 340", `54:9: the passage ends at 341, outside the text of 340 characters`},
		{"body behind the text", "body: 49", "body: 342", noBody + `"342"` + noBodyEnd},
		{"body before the text", "body: 49", "body: -1", noBody + `"-1"` + noBodyEnd},
		{"body in another notation", "body: 49", "body: 0x10", noBody + `"0x10"` + noBodyEnd},
		{"body in words", "body: 49", `body: "Blue Line"`, noBody + `"Blue Line"` + noBodyEnd},
		{"unknown field", "  language: en", "  langauge: en", "3:7: language of the source is missing\n" + `8:3: unknown field "langauge" in source (did you mean "language"?)`},
		{"base that does not end", "source:\n", "base: https://data.example.org\nsource:\n", `2:7: base "https://data.example.org" must end with / or #`},
		{"relative base", "source:\n", "base: here/\nsource:\n", `2:7: base "here/": "here/" is no absolute IRI such as https://example.org/x`},
		{"length below zero", "characters: 342", "characters: -342", `3:7: the source needs characters, the length of its text in code points: kg locate FILE --text TEXT fills it in`},
		{"unknown field of the file beside others", "source:\n", "extra: 1\nsource:\n  langauge: en\n",
			"2:1: unknown field \"extra\" in a claims file\n" + `4:3: unknown field "langauge" in source (did you mean "language"?)`},
		{"other name for the entities", "entities:\n", "entitys:\n", "2:1: entities is missing in a claims file\n" + `14:1: unknown field "entitys" in a claims file (did you mean "entities"?)`},
	})
}

func TestCheckEntities(t *testing.T) {
	const herald = "  herald: {kind: NewsMedia, name: The Herald}"
	testMistakes(t, []mistake{
		{"unknown kind", herald, "  herald: {kind: NewsMeida, name: The Herald}", `15:18: unknown kind "NewsMeida" (did you mean "NewsMedia"?)`},
		{"kind in lower case", herald, "  herald: {kind: newsmedia, name: The Herald}", `15:18: unknown kind "newsmedia" (did you mean "NewsMedia"?)`},
		{"kind unlike any", herald, "  herald: {kind: Weather, name: The Herald}", `15:18: unknown kind "Weather": kg kinds "Weather" looks for the right one`},
		{"abstract kind", herald, "  herald: {kind: Agent, name: The Herald}", `15:18: no entity is of kind Agent itself: choose one of the kinds below it`},
		{"abstract kind is not proposed", herald, "  herald: {kind: Agnet, name: The Herald}", `15:18: unknown kind "Agnet": kg kinds "Agnet" looks for the right one`},
		{"kind of codes", herald, "  herald: {kind: Status, name: The Herald}", `15:18: no entity is of kind Status itself: choose one of the kinds below it`},
		{"kind of codes that is not abstract", herald, "  herald: {kind: Tide, name: The Herald}", `15:18: no entity is of kind Tide itself: choose one of the kinds below it`},
		{"no kind", herald, "  herald: {name: The Herald}", `15:3: kind of herald is missing`},
		{"no name and no description", herald, "  herald: {kind: NewsMedia}", `15:3: "herald" needs a name, or a description if the source gives none`},
		{"other name alone", herald, "  herald: {kind: NewsMedia, also: Herald}", `15:3: "herald" needs a name, or a description if the source gives none`},
		{"bad id", "  crews: {kind", "  Crews: {kind", "23:3: entity id \"Crews\" must be lower-case words and digits with hyphens, such as kim-jong-il\n" +
			"46:47: unknown entity \"crews\" (did you mean \"Crews\"?)\n47:7: unknown entity \"crews\" (did you mean \"Crews\"?)"},
		{"doubled id", "  port: {kind", "  clerk: {kind", "19:3: \"clerk\" stands twice in entities (first in line 18)\n" +
			"35:11: unknown entity \"port\" (did you mean \"report\"?)"},
		{"unknown field", herald, "  herald: {kind: NewsMedia, nmae: The Herald}", "15:3: \"herald\" needs a name, or a description if the source gives none\n" +
			`15:29: unknown field "nmae" in entity herald (did you mean "name"?)`},
		{"required relation not stated", "employee: crews, status", "status", `24:3: Employment "hiring" needs employee (Who is employed.), and no claim states it`},
		{"required relation of the parent", ", status: done, date", ", date",
			`24:3: Employment "hiring" needs status (Whether it is planned, promised, attempted, ongoing or done.), and no claim states it`},
		{"required relation of a user's kind", "{tonnage: 12000, in", "{in", `21:3: Ferry "ship" needs tonnage (Its size.), and no claim states it`},
	})
}
