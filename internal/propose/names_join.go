package propose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kg/internal/fold"
)

// join merges names of one entity: a word that ends exactly one longer name, as Weber
// does Anna Weber; the word before a lower-case noun, as Primorsky in Primorsky region;
// the initials of a longer name's words, as APEC.
func (n *namer) join() {
	ends := map[string][]*Mention{} // names by their possible short forms
	for _, long := range n.p.Names {
		space := strings.LastIndexByte(long.Name, ' ')
		shorts := []string{initials(long.Name), long.Name[space+1:]}
		if space >= 0 {
			shorts = append(shorts, long.Name[:space])
		}
		slices.Sort(shorts)
		for _, short := range slices.Compact(shorts) {
			ends[short] = append(ends[short], long)
		}
	}
	joined := map[*Mention]bool{}
	for _, short := range n.p.Names {
		var longer []*Mention
		also := false
		for _, long := range ends[short.Name] {
			switch {
			case long == short || joined[long]:
			case shortens(short, long):
				longer = append(longer, long)
			case initials(long.Name) == short.Name:
				longer, also = append(longer, long), true
			}
		}
		if len(longer) != 1 {
			continue
		}
		into := longer[0]
		if into.Ranges = append(into.Ranges, short.Ranges...); also {
			into.Also = append(into.Also, short.Name)
		}
		slices.SortFunc(into.Ranges, func(a, b TextRange) int { return cmp.Compare(a.Start, b.Start) })
		joined[short] = true
	}
	n.p.Names = slices.DeleteFunc(n.p.Names, func(name *Mention) bool { return joined[name] })
}

// shortens reports whether a name is a longer one's last word, if that is a person's name
// or one of no known kind, or the words before its lower-case noun.
func shortens(short, long *Mention) bool {
	if short.Kind == "Country" || long.Kind == "Country" {
		return false
	}
	if rest, ok := strings.CutPrefix(long.Name, short.Name+" "); ok && slices.Contains(smallNouns, rest) {
		return true
	}
	if long.Kind != "Person" && long.Kind != "" || short.Kind != "Person" && short.Kind != "" {
		return false
	}
	return !strings.Contains(short.Name, " ") && strings.HasSuffix(long.Name, " "+short.Name)
}

// initials are the first letters of the words of a name, if there are three or more.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(c rune) bool { return c == ' ' || c == '-' })
	if len(words) < 3 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(first)
	}
	return b.String()
}

// settle assigns each name its id: that of the store, if one entity of it goes by the
// name, or one made of the name.
func (n *namer) settle() error {
	for _, name := range n.p.Names {
		known, err := n.known(name.Name)
		if err != nil {
			return err
		}
		if known != nil {
			name.ID, name.Kind, name.Known = known.ID, known.Kind, true
			if fold.Name(known.Name) != fold.Name(name.Name) {
				name.Also = append(name.Also, name.Name)
			}
			name.Name = known.Name
		}
	}
	n.merge()
	for _, name := range n.p.Names {
		if name.ID != "" {
			n.p.ids[name.ID] = 1
		}
	}
	for _, name := range n.p.Names {
		if name.ID == "" {
			name.ID = n.p.free(name.Name)
		}
	}
	return nil
}

// merge makes one of names by which the store knows one entity.
func (n *namer) merge() {
	var kept []*Mention
	at := map[[2]string]int{}
	for _, name := range n.p.Names {
		i, ok := at[[2]string{name.Kind, name.ID}]
		if !name.Known || !ok {
			if name.Known {
				at[[2]string{name.Kind, name.ID}] = len(kept)
			}
			kept = append(kept, name)
			continue
		}
		kept[i].Ranges = append(kept[i].Ranges, name.Ranges...)
		for _, also := range name.Also {
			if !slices.Contains(kept[i].Also, also) {
				kept[i].Also = append(kept[i].Also, also)
			}
		}
		slices.SortFunc(kept[i].Ranges, func(a, b TextRange) int { return cmp.Compare(a.Start, b.Start) })
	}
	n.p.Names = kept
}

// free is an id for a name that no other has.
func (p *Proposal) free(name string) string {
	name = strings.NewReplacer("'", "", "’", "").Replace(name)
	id := cmp.Or(fold.Slug(name), "name")
	if p.ids[id] == 0 {
		p.ids[id] = 1
		return id
	}
	for {
		p.ids[id]++
		if next := fold.Slug(name, strconv.Itoa(p.ids[id])); p.ids[next] == 0 {
			p.ids[next] = 1
			return next
		}
	}
}
