package graph_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"kg/graph"
)

// listed makes a claims file of a list of sanctioned persons, organisations and ships,
// such as the European Union's: a row has a kind, names with / between them, a date of
// birth, an IMO number and a country.
func listedFile(id string, rows [][]string) string {
	var entities, claims strings.Builder
	entities.WriteString("north-korea: {kind: Country, name: North Korea, also: [DPRK]}\nrussia: {kind: Country, name: Russia}\n")
	for i, row := range rows {
		names := strings.Split(row[1], "/")
		for j, n := range names {
			names[j] = strconv.Quote(n)
		}
		also := ""
		if len(names) > 1 {
			also = ", also: [" + strings.Join(names[1:], ", ") + "]"
		}
		e := fmt.Sprintf("%s-%d", id, i+1)
		fmt.Fprintf(&entities, "%s: {kind: %s, name: %s%s}\n", e, row[0], names[0], also)
		edges := fmt.Sprintf("%s-listing: {listed: %s, status: done}", e, e)
		fmt.Fprintf(&entities, "%s-listing: {kind: Listing, description: The listing of %s}\n", e, e)
		for j, day := range strings.Fields(row[2]) {
			b := fmt.Sprintf("%s-birth-%d", e, j+1)
			fmt.Fprintf(&entities, "%s: {kind: Birth, description: The birth of %s}\n", b, e)
			edges += fmt.Sprintf(", %s: {born: %s, date: %s, status: done}", b, e, day)
		}
		var own []string
		if row[3] != "" {
			own = append(own, "imo: "+strconv.Quote(row[3]))
		}
		if row[4] != "" {
			own = append(own, map[bool]string{true: "flag: ", false: "nationality: "}[row[0] == "Vessel"]+row[4])
		}
		if len(own) > 0 {
			edges += ", " + e + ": {" + strings.Join(own, ", ") + "}"
		}
		fmt.Fprintf(&claims, "row-%d: {says: It is listed., at: §, edges: {%s}}\n", i+1, edges)
	}
	return herald(id, entities.String(), claims.String())
}

// small has the shape of the real list: a ship in two annexes, namesakes with other
// dates of birth, and firms whose names are near those of a newspaper's.
var small = [][]string{
	{"Vessel", "CHON MYONG 1", "", "8712362", ""},
	{"Vessel", "CHON MYONG 1", "", "8712362", ""},
	{"Vessel", "SAM JONG 1", "", "8405311", ""},
	{"Vessel", "SAM JONG 2", "", "7408873", ""},
	{"Person", "Choe Chun-Sik/Ch’oe Ch’un Sik", "1954-10-12", "", "north-korea"},
	{"Person", "Choe Chun Sik", "1963-12-23", "", "north-korea"},
	{"Person", "Kim Yong Chol/Kim Young-Cheol", "1962-02-18", "", "north-korea"},
	{"Person", "Kim Yong-Chol", "1946", "", "north-korea"},
	{"Person", "Kim Chol Nam", "1970-02-19", "", "north-korea"},
	{"Person", "Kim Chol-nam", "1975-08-27", "", "north-korea"},
	{"Person", "Pak Zap Il", "1970-02-19", "", "north-korea"},
	{"Person", "PAK Zap Il", "", "", ""},
	{"Organisation", "Bank of East Land/Dongbang Bank/Tongbang U’Nhaeng", "", "", "north-korea"},
	{"Organisation", "Daedong Credit Bank (DCB)/Taedong Credit Bank", "", "", "north-korea"},
	{"Organisation", "Korea Rungrado General Trading Corporation/Rungrado Trading Corporation/조선릉라도무역총회사", "", "", "north-korea"},
}

var paper = herald("paper", `
	north-korea: {kind: Country, name: North Korea, also: [DPRK]}
	daedong-river: {kind: Company, name: Daedong River}
	neungra: {kind: Company, name: Neungra}
	dongbang-seafood: {kind: JointVenture, name: Dongbang Seafood}
	zap: {kind: Person, name: Pak Zap Il}
`, `
	firms: {says: The firms are North Korean., at: §, edges: {daedong-river: {nationality: north-korea}, neungra: {nationality: north-korea}, dongbang-seafood: {nationality: north-korea}}}
`)

// pairsOf are pairs in lines: the two names, the score, the rules.
func pairsOf(t *testing.T, v *graph.View, o graph.PairOptions) (lines []string) {
	t.Helper()
	pairs, err := v.Pairs(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pairs {
		lines = append(lines, pairLine(t, v, p))
	}
	return lines
}

func pairLine(t *testing.T, v *graph.View, p graph.Likeness) string {
	t.Helper()
	a, err1 := v.Describe(context.Background(), p.A)
	b, err2 := v.Describe(context.Background(), p.B)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	names := []string{a.Text, b.Text}
	slices.Sort(names)
	var rules []string
	for _, r := range p.Reasons {
		rules = append(rules, r.Rule)
	}
	return fmt.Sprintf("%s | %s | %d | %s", names[0], names[1], p.Score, strings.Join(rules, ", "))
}

// Read by a person: of the small list and the paper nothing else may be one.
func TestPairs(t *testing.T) {
	t.Parallel()
	list := listedFile("list", small)
	for _, files := range [][]string{{list, paper}, {paper, list}} {
		v := scratch(t, files...).View(base)
		equal(t, "all", pairsOf(t, v, graph.PairOptions{Least: graph.MatchLeast}), []string{
			"CHON MYONG 1 | CHON MYONG 1 | 95 | same id, same name",
			"Pak Zap Il | Pak Zap Il | 45 | same name",
			"PAK Zap Il | Pak Zap Il | 45 | same name",
			"Korea Rungrado General Trading Corporation | Neungra | 31 | begins alike, same country",
		})
		equal(t, "between the two", pairsOf(t, v, graph.PairOptions{Least: graph.MatchLeast, Between: sourcesOf("paper", "list")}),
			[]string{"Pak Zap Il | Pak Zap Il | 45 | same name", "PAK Zap Il | Pak Zap Il | 45 | same name",
				"Korea Rungrado General Trading Corporation | Neungra | 31 | begins alike, same country"})
		equal(t, "of persons of one source", pairsOf(t, v, graph.PairOptions{Least: 1, Kind: "Person"})[2:],
			[]string{"PAK Zap Il | Pak Zap Il | 15 | same name, named twice"})
		for _, friends := range [][2]string{{"Daedong River", "Daedong Credit Bank (DCB)"}, {"Dongbang Seafood", "Bank of East Land"}} {
			if p := pairNamed(t, v, friends[0], friends[1]); p.Score != 0 || p.Out || p.Reasons[0].Rule != "other words" {
				t.Errorf("%v: %+v", friends, p)
			}
		}
		if p := pairNamed(t, v, "kg:person/list-5", "kg:person/list-6"); !p.Out || !strings.Contains(fmt.Sprint(p.Reasons), "other birth") {
			t.Errorf("namesakes: %+v", p)
		}
	}
}

func sourcesOf(ids ...string) (list [2]quad.IRI) {
	for i, id := range ids {
		list[i] = base.Source(id)
	}
	return list
}

func pairNamed(t *testing.T, v *graph.View, a, b string) graph.Likeness {
	t.Helper()
	ctx := context.Background()
	one, err1 := v.Find(ctx, a)
	other, err2 := v.Find(ctx, b)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	p, err := v.Pair(ctx, one, other)
	if err != nil {
		t.Fatal(err)
	}
	back, err := v.Pair(ctx, other, one)
	if err != nil || fmt.Sprint(back) != fmt.Sprint(p) {
		t.Errorf("%s and %s: %+v, and from the other side %+v, %v", a, b, p, back, err)
	}
	return p
}

var (
	day  = regexp.MustCompile(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`)
	year = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
)

// realList is the European Union's list, of which no row is part of kg.
func realList(t *testing.T) [][]string {
	t.Helper()
	path := os.Getenv("KG_EU")
	if path == "" {
		t.Skip("KG_EU names no file with the European Union's list under Regulation 2017/1509, which is not part of kg")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := func(row []string, name string) string { return row[slices.Index(records[0], name)] }
	var rows [][]string
	for _, r := range records[1:] {
		names := []string{column(r, "name")}
		for _, alias := range strings.Split(column(r, "alias"), ";") {
			if alias = strings.Trim(strings.TrimSpace(alias), `"“”.`); alias != "" && !strings.Contains(alias, "/") && !slices.Contains(names, alias) {
				names = append(names, alias)
			}
		}
		var born []string
		printed := column(r, "birthDate")
		for _, m := range day.FindAllStringSubmatch(printed, -1) {
			d, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			born = append(born, fmt.Sprintf("%s-%02d-%02d", m[3], month, d))
		}
		born = append(born, year.FindAllString(day.ReplaceAllString(printed, ""), -1)...)
		country := ""
		if column(r, "nationality") == "DPRK" {
			country = "north-korea"
		}
		kind := map[string]string{"LegalEntity": "Organisation"}[column(r, "schema")]
		if kind == "" {
			kind = column(r, "schema")
		}
		rows = append(rows, []string{kind, strings.Join(names, "/"), strings.Join(born, " "), column(r, "imoNumber"), country})
	}
	return rows
}

// What a person read in the real list: fourteen ships stand in two annexes; namesakes
// are none. Of the two Kim Chol Nam one has no date of birth, no passport and no
// nationality anywhere in the table: nothing but the name speaks for them, and the list
// keeps them apart.
func TestPairsOfRealList(t *testing.T) {
	t.Parallel()
	rows := realList(t)
	v := scratch(t, listedFile("list", rows), paper).View(base)
	pairs, err := v.Pairs(context.Background(), graph.PairOptions{Least: graph.MatchLeast})
	if err != nil {
		t.Fatal(err)
	}
	ships := 0
	for _, p := range pairs {
		line := pairLine(t, v, p)
		if strings.Contains(line, "same id") {
			ships++
			if p.Score < graph.MatchLikely {
				t.Errorf("a ship in two annexes is not likely: %d", p.Score)
			}
		}
		for _, name := range []string{"choe chun-sik", "kim yong chol", "kim chol nam"} {
			if strings.Contains(strings.ToLower(line), name) {
				t.Errorf("a namesake is a pair: %s", line)
			}
		}
		if testing.Verbose() {
			t.Log(line)
		}
	}
	if ships != 14 {
		t.Errorf("%d ships share an IMO number, not 14", ships)
	}
	equal(t, "between the two", pairsOf(t, v, graph.PairOptions{Least: graph.MatchLeast, Between: sourcesOf("paper", "list")}),
		[]string{"Korea Rungrado General Trading Corporation | Neungra | 26 | begins alike"})
}

// A list that bars many on one day is many events, each with the list's keeper in it:
// they are no pairs, or they would hide those that are.
func TestPairsOfListings(t *testing.T) {
	t.Parallel()
	var entities, edges []string
	for i := range 12 {
		n := strconv.Itoa(i)
		entities = append(entities, "ship-"+n+": {kind: Vessel, name: Ship "+n+" of Harbour "+n+"}", "ban-"+n+": {kind: AssetFreeze, description: Ban "+n+"}")
		edges = append(edges, "ban-"+n+": {imposed-by: office, target: ship-"+strconv.Itoa(i/2*2)+", date: 2018-03-30, status: done}")
	}
	v := scratch(t, herald("bans", "office: {kind: Authority, name: The Office}\n"+strings.Join(entities, "\n"), "c: {says: They are barred., at: §, edges: {"+strings.Join(edges, ", ")+"}}")).View(base)
	pairs := pairsOf(t, v, graph.PairOptions{Least: graph.MatchLeast, Kind: "Event"})
	if len(pairs) != 6 || pairs[0] != "Ban 0 | Ban 1 | 75 | participant, participant, same day" {
		t.Errorf("%d pairs: %q", len(pairs), pairs)
	}
}

// Events of two sources are matched by kind, participants, amount and date.
func TestPairsOfEvents(t *testing.T) {
	t.Parallel()
	paid := func(id, recipient, sum, day string) string {
		return herald(id, `
			bank: {kind: Bank, name: Coastal Bank}
			firm: {kind: Company, name: Firm}
			other: {kind: Company, name: Other Firm}
			paid: {kind: Payment, description: The payment of `+id+`}
		`, `
			c: {says: It was paid., at: §, edges: {paid: {payer: bank, recipient: `+recipient+`, amount: {value: `+sum+`, unit: EUR}, date: `+day+`, status: done}}}
		`)
	}
	v := scratch(t, paid("a", "firm", "500", "2008-03"), paid("b", "firm", "500", "2008-03-12"),
		paid("c", "firm", "500", "2009"), paid("d", "other", "700", "2008-03-12")).View(base)
	equal(t, "events", pairsOf(t, v, graph.PairOptions{Least: graph.MatchLeast, Kind: "Event"}), []string{
		"The payment of a | The payment of b | 87 | participant, participant, same amount, date overlaps",
	})
}
