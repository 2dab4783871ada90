package propose

import (
	"math/big"
	"slices"
	"strings"

	"kg/internal/strict"
)

const (
	printedNumber = `(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`
	numberWords   = `two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`
)

var (
	amountForm = strict.Pattern(`(?i)(?:\b(about|around|some|roughly|nearly|almost|approximately|more than|less than|fewer than|over|under|at least|at most|up to) )?` +
		`(?:(US\$|[$€£¥₩₽₹]) ?)?(\b(?:` + printedNumber + `|` + numberWords + `))(?: ?(thousand|million|billion|trillion|mn|bn|m)\b|\b)` +
		`(?:(?: to | and |-|–)[$€£¥₩₽₹]?(` + printedNumber + `)(?: ?(thousand|million|billion|trillion|mn|bn|m)\b|\b))?(-year-old\b)?`)
	percentForm = strict.Pattern(`^ ?(?:%|percent\b|per cent\b)`)
	unitForm    = strict.Pattern(`^(?: \p{Lu}[\pL.'’-]*)* (\p{Ll}[\pL-]+)`)
	moneyForm   = strict.Pattern(`^ ?(?:US |U\.S\. )?([A-Za-z]+)\b`)
	perForm     = strict.Pattern(`^ (?:from each|for each|per|each|every)(?: \p{Lu}[\pL.'’-]*)* (\p{Ll}+)|^ an? (month|year|week|day|hour)\b`)
)

var (
	signs = map[string]string{"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₽": "RUB", "₹": "INR"}
	money = map[string]string{
		"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP", "yen": "JPY", "won": "KRW",
		"ruble": "RUB", "rubles": "RUB", "rouble": "RUB", "roubles": "RUB", "yuan": "CNY", "renminbi": "CNY", "rupees": "INR", "francs": "CHF",
		"EUR": "EUR", "USD": "USD", "GBP": "GBP", "CHF": "CHF", "JPY": "JPY", "CNY": "CNY", "RUB": "RUB", "NOK": "NOK", "SEK": "SEK", "DKK": "DKK", "PLN": "PLN",
	}
	scaleOf  = map[string]int64{"": 1, "thousand": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
	figureOf = strings.Split(numberWords, "|")
	inexact  = strings.Fields("about around some roughly nearly almost approximately")
	noUnit   = strings.Fields("of in and to by at on for with from as is was are were or the that per had has but who which after before between it an into than other years-old such could would will can said")
)

// findAmounts finds the quantities of all paragraphs: amounts of money, shares, ages,
// counts with their units, and bare figures. Dates are excluded.
func (p *Proposal) findAmounts() {
	dates := valuesAt(p.Dates)
	for _, paragraph := range p.paragraphs {
		words := p.words(paragraph)
		for from := 0; from < len(words); {
			at := amountForm().FindStringSubmatchIndex(words[from:])
			if at == nil {
				break
			}
			for i := range at {
				if at[i] >= 0 {
					at[i] += from
				}
			}
			text, end := amount(words, at)
			from = max(end, at[7])
			span := p.rangeOf(paragraph, at[0], end)
			if text == "" || len(dates.in(span.Start, span.End)) > 0 {
				from = at[7]
				continue
			}
			p.Amounts = append(p.Amounts, Value{span, text})
		}
	}
	sortValues(p.Amounts)
}

// amount reads the quantity that amountForm found at at, and returns where its words
// end.
func amount(words string, at []int) (text string, end int) {
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return words[at[2*n]:at[2*n+1]]
	}
	before, scale := strings.ToLower(group(1)), strings.ToLower(group(4))
	first := figure(group(3), scaleOf[scale])
	value, end := first, at[1]
	if second := group(5); second != "" {
		last := strings.ToLower(group(6))
		if scale == "" && last != "" { // 2 to 3 million
			first = figure(group(3), scaleOf[last])
		}
		value = first + "-" + figure(second, scaleOf[last])
	}
	unit, unitEnd := unitAfter(words[end:])
	switch {
	case group(7) != "":
		unit = "years"
	case group(2) != "":
		unit, unitEnd = signs[strings.ToLower(group(2))], 0
	}
	end += unitEnd
	switch {
	case unit == "%":
		value += "%"
	case unit != "":
		value += " " + unit
	case at[6] >= 0 && strings.Contains("0123456789", words[at[6]:at[6]+1]) && len(group(3)) > 1:
		return value, at[7]
	default:
		return "", at[7]
	}
	for unit != "%" {
		m := perForm().FindStringSubmatch(words[end:])
		if m == nil {
			break
		}
		value += " per " + m[1] + m[2]
		end += len(m[0])
	}
	switch {
	case slices.Contains(inexact, before):
		value = "about " + value
	case before != "":
		value += " (" + before + " " + strings.TrimSpace(words[at[3]:end]) + ")"
	}
	return value, end
}

// unitAfter returns the unit that follows figures: %, a currency, or a word after names,
// as in 12,000 North Korean workers.
func unitAfter(rest string) (unit string, end int) {
	if m := percentForm().FindString(rest); m != "" {
		return "%", len(m)
	}
	if m := moneyForm().FindStringSubmatch(rest); m != nil && money[m[1]] != "" {
		return money[m[1]], len(m[0])
	}
	if m := unitForm().FindStringSubmatch(rest); m != nil && !slices.Contains(noUnit, m[1]) && len(m[1]) > 2 {
		return m[1], len(m[0])
	}
	return "", 0
}

// figure returns a printed number in the form of claims files.
func figure(printed string, scale int64) string {
	if i := slices.Index(figureOf, strings.ToLower(printed)); i >= 0 {
		return big.NewInt(int64(i+2) * scale).String()
	}
	printed = strings.ReplaceAll(printed, ",", "")
	if scale == 1 {
		return printed
	}
	r, ok := new(big.Rat).SetString(printed)
	if !ok {
		return printed
	}
	r.Mul(r, big.NewRat(scale, 1))
	_, decimals, _ := strings.Cut(printed, ".")
	text := r.FloatString(len(decimals))
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
