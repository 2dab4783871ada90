package propose

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// nouns gives the kind of a name beside a common noun (the yacht Gull), and of a name
// that ends in one (Coastal Bank).
var nouns = kindsByNoun(`
Company: company firm operator manufacturer subsidiary holding holdings corporation corp inc ltd limited llc plc gmbh ag oy sa consultancy supplier shipper
Bank: bank
NewsMedia: newspaper weekly daily magazine broadcaster tabloid news times herald gazette tribune ilbo shimbun
Vessel: yacht ship vessel tanker freighter trawler ferry boat
Aircraft: aircraft jet plane helicopter
Street: street avenue road boulevard lane square
City: city town village
Region: region province oblast krai district county
Facility: shipyard airport port harbour hotel stadium plant factory refinery terminal warehouse
Embassy: embassy consulate
Government: government
Authority: ministry authority agency police office customs directorate inspectorate
Court: court tribunal
Association: association federation union foundation charity
Person: owner governor president minister chairman chairwoman chief head director manager leader master captain lawyer judge mayor senator spokesman spokeswoman ambassador general colonel businessman businesswoman oligarch accountant clerk secretary treasurer defector official officer resident employee worker engineer professor expert analyst witness national citizen politician banker trader tycoon founder partner deputy prosecutor detective journalist reporter king queen prince princess
Group: companies firms banks officials defectors workers residents lawyers prosecutors residents investigators employees people diplomats experts analysts witnesses men women police-officers
Document: report filing statement memo letter contract records register
`)

// smallNouns are the nouns that make a name of a word before them (Slavyanka shipyard),
// though they are written small.
var smallNouns = strings.Fields("region province oblast krai district county shipyard airport harbour embassy consulate government ministry police court university islands river street")

// betweenNouns are words that may be between a name and such a noun.
var betweenNouns = strings.Fields("regional national federal central state local provincial municipal city district")

// manyOf is the kind of each of a list behind such a noun: companies, such as A and B.
var manyOf = map[string]string{
	"companies": "Company", "firms": "Company", "banks": "Bank", "newspapers": "NewsMedia", "ships": "Vessel", "yachts": "Vessel",
	"cities": "City", "towns": "City", "villages": "City", "countries": "Country", "regions": "Region", "provinces": "Region",
}

// callings are titles before the name of a person, and no part of it.
var callings = strings.Fields("mr mrs ms mx miss dr prof professor sir lord lady president governor minister chairman captain capt judge senator general gen colonel col king queen prince princess mayor")

// starters are words that begin a sentence with a capital letter and no name.
var starters = strings.Fields(`a an the this that these those it its he she they we you i his her their our my your there here who what when where why how which if in on at by for from to of
with nobody somebody everybody everyone none nothing without as and or but nor so yet both all some any many most few several one two three each every no not only also even after before since until while although though because during under over
between among about against according despite however meanwhile moreover today yesterday tomorrow recently now then later earlier still once joint big high senior new old former other another`)

// joining are words within a name that are written small.
var joining = strings.Fields("de van von der den du la le di da del al el bin ibn of")

// takesOf are the names that "of" goes on: Bank of Norway.
var takesOf = strings.Fields("bank ministry university government embassy republic kingdom court department house bureau office institute church council isle gulf bay sea city union people's board chamber")

// noNames are capitalised and name nothing that a claim is about.
var noNames = strings.Fields(`january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
i tv ceo id usd eur gbp`)

// vague are adjectives that name nothing when they stand alone.
var vague = strings.Fields("asian african european arab western eastern northern southern korean islamic christian muslim jewish english")

// peoples are the adjectives of countries that end otherwise than Russian does.
var peoples = map[string]string{
	"french": "France", "dutch": "Netherlands", "german": "Germany", "british": "United Kingdom", "english": "United Kingdom", "chinese": "China", "japanese": "Japan",
	"spanish": "Spain", "polish": "Poland", "swiss": "Switzerland", "turkish": "Türkiye", "danish": "Denmark", "swedish": "Sweden", "norwegian": "Norway", "finnish": "Finland",
	"irish": "Ireland", "scottish": "United Kingdom", "greek": "Greece", "portuguese": "Portugal", "american": "United States", "ukrainian": "Ukraine", "iranian": "Iran",
	"iraqi": "Iraq", "israeli": "Israel", "canadian": "Canada", "brazilian": "Brazil", "egyptian": "Egypt", "hungarian": "Hungary", "italian": "Italy", "belgian": "Belgium",
	"vietnamese": "Vietnam", "thai": "Thailand", "panamanian": "Panama", "lebanese": "Lebanon", "maltese": "Malta", "cypriot": "Cyprus", "czech": "Czechia",
	"argentine": "Argentina", "pakistani": "Pakistan", "emirati": "United Arab Emirates", "belarusian": "Belarus", "azerbaijani": "Azerbaijan", "kazakh": "Kazakhstan",
}

// shortly are short names of countries.
var shortly = map[string]string{"us": "United States", "u.s": "United States", "usa": "United States", "uk": "United Kingdom", "u.k": "United Kingdom", "uae": "United Arab Emirates", "dprk": "North Korea", "britain": "United Kingdom", "turkey": "Türkiye"}

func kindsByNoun(list string) map[string]string {
	kinds := map[string]string{}
	for line := range strings.Lines(list) {
		kind, words, _ := strings.Cut(line, ":")
		for _, word := range strings.Fields(words) {
			kinds[word] = kind
		}
	}
	return kinds
}

// countries are the English names of CLDR, in small letters, as golang.org/x/text
// has them.
var countries = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !r.IsCountry() {
				continue
			}
			if name := display.English.Regions().Name(r); len(name) > 2 {
				list[strings.ToLower(name)] = name
			}
		}
	}
	return list
})

// country is the country of which a word is the name or the adjective, or empty.
func country(word string) (name string, adjective bool) {
	low := strings.ToLower(word)
	if name := shortly[low]; name != "" {
		return name, false
	}
	if name := countries()[low]; name != "" {
		return name, false
	}
	if name := peoples[low]; name != "" {
		return name, true
	}
	low = strings.TrimSuffix(low, "s")               // Russians
	if stem, ok := strings.CutSuffix(low, "n"); ok { // Russia, Russian
		if name := countries()[stem]; name != "" {
			return name, true
		}
	}
	return "", false
}
