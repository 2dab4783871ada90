package term

// mostYear is the number of digits of the years that are stored by value; a text with a
// year beyond is stored as a text.
const mostYear = 9

// parseTime gives the instant of a literal and how it is spelled. It is not ok
// if the literal is not of the lexical space (XML Schema 1.1, part 2), in which
// a minute has 60 seconds, or beyond all bounds.
func parseTime(d datatype, text []byte) (t instant, f spelling, ok bool) {
	p := parser{text: text}
	p.time(d, &t, &f)
	return t, f, !p.failed && len(p.text) == 0
}

// parser reads tokens from the front of its text.
type parser struct {
	text   []byte
	failed bool
}

func (p *parser) time(d datatype, t *instant, f *spelling) {
	year, month, day := p.year(f), int64(1), int64(1)
	if d != gYear {
		p.expect('-')
		month = p.pair(1, 12)
	}
	if d != gYear && d != gYearMonth {
		p.expect('-')
		day = p.pair(1, daysIn(year, month))
	}
	if d == dateTime || d == dateTimeStamp {
		p.expect('T')
		t.seconds = p.clock(f)
		p.fraction(t, f)
	}
	f.zone = p.zone()
	if d == dateTimeStamp && f.zone == noZone {
		p.failed = true
	}
	t.seconds += 86400*dayOf(year, month, day) - f.zone.seconds()
}

func (p *parser) year(f *spelling) int64 {
	negative := p.take('-')
	n := digitsLen(p.text)
	if n < 4 || n > mostYear || n > 4 && p.text[0] == '0' {
		p.failed = true
		return 0
	}
	year := int64(0)
	for _, c := range p.text[:n] {
		year = 10*year + int64(c-'0')
	}
	p.text = p.text[n:]
	if negative {
		f.odd = year == 0
		return -year
	}
	return year
}

// clock reads a time of the day, in which 24:00:00 is the next day's first
// second.
func (p *parser) clock(f *spelling) int64 {
	hour := p.pair(0, 24)
	p.expect(':')
	minute := p.pair(0, 59)
	p.expect(':')
	second := p.pair(0, 59)
	if hour == 24 {
		f.odd = true
		p.failed = p.failed || minute > 0 || second > 0
	}
	return 3600*hour + 60*minute + second
}

func (p *parser) fraction(t *instant, f *spelling) {
	if !p.take('.') {
		return
	}
	n := digitsLen(p.text)
	t.fraction = trimZeros(p.text[:n])
	f.zeros = n - len(t.fraction)
	p.text = p.text[n:]
	// Beyond midnight there is nothing of the day that 24:00:00 ends.
	if n == 0 || t.seconds == 86400 && len(t.fraction) > 0 {
		p.failed = true
	}
}

func (p *parser) zone() zone {
	switch {
	case len(p.text) == 0:
		return noZone
	case p.take('Z'):
		return zulu
	}
	negative := p.take('-')
	if !negative {
		p.expect('+')
	}
	minutes := 60 * p.pair(0, 14)
	p.expect(':')
	minutes += p.pair(0, 59)
	switch {
	case minutes > mostZone:
		p.failed = true
		return noZone
	case !negative:
		return mid + zone(minutes)
	case minutes == 0:
		return minusZero
	}
	return mid - zone(minutes)
}

// pair reads two digits of a number within bounds.
func (p *parser) pair(least, most int64) int64 {
	if len(p.text) < 2 || digitsLen(p.text[:2]) < 2 {
		p.failed = true
		return least
	}
	n := 10*int64(p.text[0]-'0') + int64(p.text[1]-'0')
	p.text = p.text[2:]
	if n < least || n > most {
		p.failed = true
		return least
	}
	return n
}

func (p *parser) expect(c byte) {
	if !p.take(c) {
		p.failed = true
	}
}

func (p *parser) take(c byte) bool {
	if len(p.text) == 0 || p.text[0] != c {
		return false
	}
	p.text = p.text[1:]
	return true
}
