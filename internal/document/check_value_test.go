package document_test

import "testing"

func TestCheckEdge(t *testing.T) {
	const item = "{item: blue-line"
	testMistakes(t, []mistake{
		{"unknown subject", "      hiring: {", "      hirign: {", "24:3: Employment \"hiring\" needs employer (Who employs.), and no claim states it\n" +
			"24:3: Employment \"hiring\" needs employee (Who is employed.), and no claim states it\n" +
			"24:3: Employment \"hiring\" needs status (Whether it is planned, promised, attempted, ongoing or done.), and no claim states it\n" +
			"46:7: unknown entity \"hirign\" (did you mean \"hiring\"?)"},
		{"unknown relation", item, "{itme: blue-line", `30:14: unknown relation "itme" (did you mean "item"?)`},
		{"relation unlike any", item, "{weather: blue-line", `30:14: unknown relation "weather": kg kinds Sale lists its relations`},
		{"only what the kind has is proposed", item, "{employre: blue-line", `30:14: unknown relation "employre": kg kinds Sale lists its relations`},
		{"relation of another kind", "crews: {size", "report: {size",
			`47:16: size belongs to kind Group, and "report" is of kind Document: kg kinds Document lists its relations`},
		{"unknown object", item, "{item: bleu-line", `30:20: unknown entity "bleu-line" (did you mean "blue-line"?)`},
		{"object by its name", item, "{item: Blue Line", `30:20: unknown entity "Blue Line" (did you mean "blue-line"?)`},
		{"the wrong way round", item, "{item: blue-line, buyer: report", `30:38: buyer takes an entity of kind Agent, and "report" is of kind Document`},
		{"entity for an event", item, "{item: blue-line, cause: port", `30:38: cause takes an entity of kind Event, and "port" is of kind Organisation`},
		{"year for an entity", item, "{item: 2008", `30:20: unknown entity "2008"`},
		{"date for an entity", item, "{item: {edtf: 2008}", `30:20: item takes an entity of kind Thing, not a quantity or a date`},
		{"quantity for an entity", item, "{item: {value: 3, unit: ships}", `30:20: item takes an entity of kind Thing, not a quantity or a date`},
		{"nothing for an entity", item, "{item:", `30:19: item is empty`},
		{"list within a list", item, "{item: [[blue-line]]", `30:21: item must be a single value, not a list`},
		{"the same edge twice", item, "{item: [blue-line, blue-line]", `30:32: the claim says twice that blue-line is item of sale`},
		{"the same code twice", "status: planned", "status: [planned, planned]", `30:67: the claim says twice that planned is status of sale`},
		{"unknown code", "status: planned", "status: palnned", `30:57: unknown status "palnned" (did you mean "planned"?): one of planned, promised, attempted, ongoing, done`},
		{"entity for a code", "status: planned", "status: blue-line", `30:57: unknown status "blue-line": one of planned, promised, attempted, ongoing, done`},
		{"unknown code of a user's kind", "tide: flood", "tide: flodo", `31:76: unknown tide "flodo" (did you mean "flood"?): one of ebb, flood`},
	})
}

func TestCheckLiteral(t *testing.T) {
	const digits = "a number is written with digits alone, such as 12000 or 2.5, not "
	testMistakes(t, []mistake{
		{"comma in a number", "tonnage: 12000", `tonnage: "12,000"`, `31:24: ` + digits + `"12,000"`},
		{"exponent", "tonnage: 12000", "tonnage: 1e3", `31:23: ` + digits + `"1e3"`},
		{"zero in front", "tonnage: 12000", "tonnage: 007", `31:23: a number is written without zeros before it, such as 7, not "007"`},
		{"hexadecimal", "tonnage: 12000", "tonnage: 0x10", `31:23: ` + digits + `"0x10"`},
		{"sixteen digits", "tonnage: 12000", "tonnage: 1000000000000000", `31:23: a number has at most 15 digits before the point, and "1000000000000000" has 16`},
		{"ten digits behind the point", "tonnage: 12000", "tonnage: 2.0123456789", `31:23: a number has at most 9 digits behind the point, and "2.0123456789" has 10`},
		{"no digit behind the point", "tonnage: 12000", "tonnage: 2.", `31:23: ` + digits + `"2."`},
		{"no digit before the point", "tonnage: 12000", "tonnage: .5", `31:23: ` + digits + `".5"`},
		{"unit behind the number", "tonnage: 12000", "tonnage: 12000 t", `31:23: ` + digits + `"12000 t"`},
		{"quantity for a number", "tonnage: 12000", "tonnage: {value: 3, unit: t}", `31:23: tonnage takes a number, not a quantity or a date`},
		{"yes", "in-service: true", "in-service: yes", `31:42: in-service is true or false, not "yes"`},
		{"date for a boolean", "in-service: true", "in-service: {edtf: 2008}", `31:42: in-service takes a boolean, not a quantity or a date`},
		{"month for a day", "launched: 1999-05-01", "launched: 1999-05", `31:58: launched is a day such as 2008-04-04, not "1999-05"`},
		{"day that no calendar has", "launched: 1999-05-01", "launched: 1999-02-29", `31:58: launched is a day such as 2008-04-04, not "1999-02-29"`},
	})
}

func TestCheckQuantity(t *testing.T) {
	const price = "{min: 2, max: 3.5, unit: million EUR, approximate: true}"
	testMistakes(t, []mistake{
		{"value and range", price, "{value: 2, min: 2, max: 3.5, unit: EUR}", `41:21: a quantity has a value, or min and max, not both`},
		{"value and one end", price, "{value: 2, max: 3.5, unit: EUR}", `41:21: a quantity has a value, or min and max, not both`},
		{"range the wrong way round", price, "{min: 4, max: 3.5, unit: EUR}", `41:21: the range from 4 to 3.5 is the wrong way round`},
		{"as texts it would be right", price, "{min: 10, max: 9, unit: EUR}", `41:21: the range from 10 to 9 is the wrong way round`},
		{"no figure and no words", price, "{approximate: true}", `41:21: a quantity needs a value, or min and max, or at least the printed words`},
		{"no unit", price, "{value: 2}", `41:21: a quantity needs a unit, such as USD, workers or percent`},
		{"range without a unit", price, "{max: 2}", `41:21: a quantity needs a unit, such as USD, workers or percent`},
		{"comma in a number", price, `{min: "2,000", max: 3.5, unit: EUR}`, `41:27: a number is written with digits alone, such as 12000 or 2.5, not "2,000"`},
		{"comma outside quotes", price, "{value: 2,000, unit: EUR}", `41:31: unknown field "000" in a quantity`},
		{"word for a number", price, "{value: two, unit: EUR}", `41:29: a number is written with digits alone, such as 12000 or 2.5, not "two"`},
		{"about", price, "{value: 2, unit: EUR, approximate: about}", `41:56: approximate must be true or false, not "about"`},
		{"unknown field", price, "{value: 2, unit: EUR, form: 3}", `41:43: unknown field "form" in a quantity`},
		{"number for a quantity", price, "3", `41:22: a quantity needs a unit behind 3, such as USD, workers or percent`},
		{"more behind a quantity", price, "2 millions EUR", `41:32: "EUR" is not understood behind 2 millions: a quantity is a number and its unit, such as 45000 USD or 2 million EUR`},
		{"entity for a quantity", price, "blue-line", `41:21: a quantity is a number and its unit, such as 45000 USD, 40%, about 400-500 USD per worker, or printed words in brackets`},
		{"date for a quantity", price, "{edtf: 2008}", `41:21: price takes a quantity, such as 45000 USD or {value: 45000, unit: USD}`},
		{"share of a quantity without a unit", "of: {value: 49, unit: people}", "of: {value: 49}", `47:21: a quantity needs a unit, such as USD, workers or percent`},
		{"share of an unknown entity", "of: {value: 49, unit: people}", "of: everybody", `47:51: unknown entity "everybody"`},
		{"multiple of an unknown entity", "compared-to: ship", "compared-to: shpi", `52:127: unknown entity "shpi" (did you mean "ship"?)`},
	})
}

// Each sort of refusal of edtf.Parse is passed on, with the date's position.
func TestCheckDate(t *testing.T) {
	const open = "date: 2020-04/.."
	testMistakes(t, []mistake{
		{"entity for a date", open, "date: blue-line", `30:37: "blue-line" is no EDTF date: write 2008-03-12, 2008-03, 2008, 199X, 2006-41 (second half), with ~ ? or % behind, or an interval such as 2006/..`},
		{"quantity for a date", open, "date: {value: 3, unit: days}", `30:37: date takes a date, such as 2008-03-12 or {edtf: 2008-02, printed: February}`},
		{"one digit", open, "date: 2020-4", `30:37: "2020-4" is no EDTF date: months and days have two digits: write 2020-04`},
		{"decade in words", open, "date: 1990s", `30:37: "1990s" is no EDTF date: a decade is written 199X`},
		{"day of no calendar", open, "date: 2019-02-29", `30:37: "2019-02-29" is no EDTF date: February 2019 has 28 days`},
		{"season", open, "date: 2020-21", `30:37: "2020-21" is no date kg takes: 21 is the season spring, and seasons have no first and last day: write the months, such as 2001-03/2001-05, or a quarter, 2001-33 to 2001-36`},
		{"feature of EDTF left out", open, "date: 2020-XX", `30:37: "2020-XX" is no date kg takes: an unspecified month (X) is left out: write 2020`},
		{"interval the wrong way round", open, "date: 2020/2019", `30:37: "2020/2019" is no EDTF date: the interval runs the wrong way round, from 2020-01-01 to 2019-12-31`},
		{"end of an interval", open, "date: 2020/2021-5", `30:37: interval "2020/2021-5": end "2021-5" is no EDTF date: months and days have two digits: write 2021-05`},
		{"interval without ends", open, "date: ../..", `30:37: "../.." is no date kg takes: an interval needs a date at one end at least, such as 2006/..`},
		{"in a mapping", "edtf: 2020-04,", "edtf: 2020-4,", `46:81: "2020-4" is no EDTF date: months and days have two digits: write 2020-04`},
		{"unknown field", "printed: last month", "prnited: last month", `46:90: unknown field "prnited" in a date (did you mean "printed"?)`},
		{"resolved", "resolved: true", "resolved: Sunday", `46:121: resolved must be true or false, not "Sunday"`},
	})
}
