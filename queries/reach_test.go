package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kg/queries"
	"kg/schema"
)

// ways is a source in which something belongs to Land in every way there is, and
// something else to Elsewhere, or to nothing.
const ways = `
source: {id: ways, title: T, publisher: p, annotator: p, date: 2020-05-04, language: en, characters: 9, sha256: §}
entities:
  p: {kind: NewsMedia, name: P}
  land: {kind: Country, name: Land}
  elsewhere: {kind: Country, name: Elsewhere}
  north: {kind: Region, name: North}
  town: {kind: City, name: Town}
  pier: {kind: Facility, name: Pier}
  cabinet: {kind: Government, name: Cabinet}
  customs: {kind: Authority, name: Customs}
  desk: {kind: Organisation, name: Desk}
  embassy: {kind: Embassy, name: Embassy}
  firm: {kind: Company, name: Firm}
  venture: {kind: JointVenture, name: Venture}
  gull: {kind: Vessel, name: Gull}
  captain: {kind: Person, name: Captain}
  account: {kind: Account, name: Account}
  crowd: {kind: Group, name: Crowd}
  minister: {kind: Post, name: Minister}
  ann: {kind: Person, name: Ann}
  bob: {kind: Person, name: Bob}
  mayor: {kind: Person, name: Mayor}
  guest: {kind: Person, name: Guest}
  tenure: {kind: Tenure, name: Tenure}
  meeting: {kind: Meeting, name: Meeting}
  gift: {kind: Bribe, name: Gift}
claims:
  all:
    says: All of it.
    at: {paragraph: 1, start: 0, end: 9, sha256: §}
    edges:
      north: {within: land}
      town: {within: north}
      pier: {within: town}
      cabinet: {governs: land}
      customs: {authority-of: cabinet}
      desk: {parent-organisation: customs}
      embassy: {represents: land, accredited-to: elsewhere}
      firm: {nationality: land}
      venture: {partner: [land, elsewhere]}
      gull: {flag: land}
      captain: {commands: gull}
      account: {held-by: crowd}
      crowd: {nationality: land}
      ann: {member-of: crowd}
      minister: {post-in: cabinet}
      tenure: {incumbent: bob, post: minister, date: 2012/2019, status: done}
      mayor: {of-place: town}
      guest: {lives-in: town, nationality: elsewhere}
      meeting: {participant: [bob, guest], date: 2015, status: done}
      gift: {payer: captain, recipient: guest, status: done}
`

// A place reaches what lies within it; a country its people, organisations,
// vessels and places; and a group its members. A post counts however it is held.
func TestReach(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	file := strings.ReplaceAll(ways, "§", strings.Repeat("0", 64))
	v := viewOf(t, o, file)
	for from, want := range map[string]string{
		"country/land":      "Account Ann Cabinet Captain Crowd Customs Desk Embassy Firm Gull Land Mayor Minister North Pier Town Venture",
		"region/north":      "Mayor North Pier Town",
		"country/elsewhere": "Elsewhere Guest Venture",
		"group/crowd":       "Account Ann Crowd",
		"post/minister":     "Minister",
		"person/ann":        "Ann",
	} {
		res, err := queries.Text(`g.Reach(g.IRI("kg:`+from+`")).all()`).Run(context.Background(), v, false, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range res.Rows {
			got = append(got, row.Cells[0].Text)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("from %s\ngot  %s\nwant %s", from, strings.Join(got, " "), want)
		}
	}
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for call, want := range map[string]string{
		"officials country=Land":      "Bob|Minister|2012/2019||Cabinet|is a participant in|Meeting|P|asserts|",
		"timeline involving=Minister": "2012/2019|interval|2012-01-01|2019-12-31|Tenure|P|asserts|",
		"bribes party=Land":           "Gift|Captain|Guest|||||P|asserts|",
	} {
		name, args, _ := strings.Cut(call, " ")
		found := false
		for _, row := range ask(t, set[name], v, strings.Fields(args)) {
			found = found || strings.Join(row.Texts(), "|") == want
		}
		if !found {
			t.Errorf("%s does not give %s", call, want)
		}
	}
}
