package queries_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kg/data"
	"kg/graph"
	"kg/graph/graphtest"
	"kg/internal/document"
	"kg/queries"
	"kg/schema"
)

// other is a source whose sanctions, bribes and embassies are not like those
// of the bundled article: they lack what those have, or have it twice.
const other = `
source: {id: other, title: T, publisher: p, annotator: p, date: 2020-05-04, language: en, characters: 9, sha256: §}
entities:
  p: {kind: NewsMedia, name: P}
  land: {kind: Country, name: Land}
  pier: {kind: Facility, name: Pier}
  town: {kind: City, name: Town}
  quay: {kind: Street, name: Quay}
  here: {kind: Embassy, name: Embassy at a pier}
  nowhere: {kind: Embassy, name: Embassy somewhere}
  cabinet: {kind: Government, name: Cabinet}
  firm: {kind: Company, name: Firm}
  bank: {kind: Bank, name: Bank}
  account: {kind: Account, name: Account}
  fund: {kind: Account, name: Fund}
  purse: {kind: Account, name: Purse}
  till: {kind: Bank, name: Till}
  ban: {kind: Sanction, name: Ban}
  freeze: {kind: AssetFreeze, name: Freeze}
  halt: {kind: Change, name: Halt}
  restart: {kind: Change, name: Restart}
  flight: {kind: Movement, name: Flight}
  gift: {kind: Bribe, name: Gift}
  hush: {kind: Bribe, name: Hush money}
  raid: {kind: Interception, name: Raid}
  fee: {kind: Payment, name: Fee}
  feast: {kind: Spending, name: Feast}
  wine: {kind: Goods, name: Wine}
  chair: {kind: Post, name: Chair}
  head: {kind: Post, name: Head}
  notary: {kind: OfficialOccupation, name: Notary}
  ann: {kind: Person, name: Ann}
  bob: {kind: Person, name: Bob}
  cy: {kind: Person, name: Cy}
  dee: {kind: Person, name: Dee}
  cook: {kind: Occupation, name: Cook}
  loner: {kind: Company, name: Loner}
  tithe: {kind: Levy, name: Tithe}
  tax: {kind: Levy, name: Tax}
  toll: {kind: Spending, name: Toll}
claims:
  all:
    says: All of it.
    at: {paragraph: 1, start: 0, end: 9, sha256: §}
    edges:
      here: {represents: land, located-in: [pier, quay]}
      quay: {within: town}
      nowhere: {represents: land}
      ban: {imposed-by: cabinet, target: firm, status: planned}
      freeze: {imposed-by: cabinet, frozen: [account, fund, purse], status: done}
      account: {held-at: bank}
      fund: {held-at: till}
      till: {located-in: town}
      hush: {payer: [cy, dee], status: done}
      raid: {intercepted: cy, status: done}
      halt: {changes: firm, direction: dormant, after: freeze, status: done}
      restart: {changes: wine, direction: resumed, after: halt, status: done}
      flight: {traveller: dee, after: freeze, status: done}
      gift: {recipient: cabinet, amount: {min: 1, unit: EUR}, status: attempted}
      fee: {payer: firm, amount: [{value: 1, unit: EUR}, {value: 2, unit: USD}], status: done}
      feast: {spender: cabinet, paid-from: fee, spent-on: wine, status: done}
      head: {post-in: firm}
      ann: {holds: [chair, head], works-for: cabinet, nationality: land}
      bob: {occupation: [notary, cook]}
      loner: {located-in: pier}
      tithe: {payer: dee, collector: cy, status: ongoing}
      tax: {collector: cabinet, amount: {printed: much}, status: ongoing}
      toll: {spender: cy, paid-from: tax, status: planned}
`

// otherRows are the rows that calls must give, written from reading other.
var otherRows = map[string][]string{
	"embassies": {"Embassy at a pier|Land||Pier||P|asserts|", "Embassy at a pier|Land||Quay|Town|P|asserts|", "Embassy somewhere|Land||||P|asserts|"},
	"sanctions": {"Ban|Cabinet|Firm|||||||P|asserts, planned|",
		"Freeze|Cabinet||Account|Bank|||Flight||P|asserts|", "Freeze|Cabinet||Account|Bank|||Halt|Restart|P|asserts|",
		"Freeze|Cabinet||Fund|Till|Town||Flight||P|asserts|", "Freeze|Cabinet||Fund|Till|Town||Halt|Restart|P|asserts|",
		"Freeze|Cabinet||Purse||||Flight||P|asserts|", "Freeze|Cabinet||Purse||||Halt|Restart|P|asserts|"},
	"bribes": {"Gift||Cabinet|at least 1 EUR||||P|asserts, attempted|", "Hush money|Cy|||||Raid|P|asserts|", "Hush money|Dee||||||P|asserts|"},
	"money-trail": {"Dee|Cy|||||P|asserts|", "Firm||1 EUR|Cabinet|Wine||P|asserts|", "Firm||2 USD|Cabinet|Wine||P|asserts|",
		"|Cabinet|much|Cy|||P|asserts; used by: planned|"},
	"money-trail payer=Firm":    {"Firm||1 EUR|Cabinet|Wine||P|asserts|", "Firm||2 USD|Cabinet|Wine||P|asserts|"},
	"money-trail payer=Dee":     {"Dee|Cy|||||P|asserts|"},
	"money-trail payer=Cabinet": nil,
	"companies country=Land":    nil,
	"companies": {"Bank|Bank||||||Account|P|asserts|", "Firm|Company|||||Halt|Ban|P|asserts; known from: planned|", "Firm|Company|||||Halt|Fee|P|asserts|",
		"Firm|Company|||||Halt|Head|P|asserts|", "Loner|Company|||Pier||||P|asserts|", "Till|Bank|||Town|||Fund|P|asserts|"},
	"sanctions target=Firm":  {"Ban|Cabinet|Firm|||||||P|asserts, planned|"},
	"officials":              {"Ann|Chair||Land|Cabinet|||P|asserts|", "Ann|Head||Land|Firm|||P|asserts|", "Bob|Notary||||||P|asserts|"},
	"officials country=Land": {"Ann|Chair||Land|Cabinet|||P|asserts|", "Ann|Head||Land|Firm|||P|asserts|"},
	"workers":                nil,
}

func TestOtherBranches(t *testing.T) {
	t.Parallel()
	o, err := schema.ReadOntology()
	if err != nil {
		t.Fatal(err)
	}
	file := strings.ReplaceAll(other, "§", strings.Repeat("0", 64))
	doc, err := data.Read("other.yaml", []byte(file), o, schema.DefaultBase)
	if err != nil {
		t.Fatal(err)
	}
	store := graphtest.Store(t, func(s *graph.Store) error {
		_, err := s.Load(context.Background(), o, []*document.Checked{doc}, graph.LoadOptions{Base: schema.DefaultBase})
		return err
	})
	v := store.View(schema.DefaultBase)
	if checked, err := v.Check(context.Background(), nil); err != nil || len(checked.Findings) > 0 {
		t.Errorf("integrity: %v, %v", err, checked.Findings)
	}
	set, err := queries.Read()
	if err != nil {
		t.Fatal(err)
	}
	for call, want := range otherRows {
		name, args, _ := strings.Cut(call, " ")
		text, err := set[name].Bind(context.Background(), v, strings.Fields(args))
		if err != nil {
			t.Fatal(err)
		}
		res, err := set[name].Run(context.Background(), v, text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range res.Rows {
			got = append(got, strings.Join(row.Texts(), "|"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q\nwant %q", call, got, want)
		}
	}
}
