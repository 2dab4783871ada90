package strict

import "strings"

// inline reads a scalar or a flow value in a block n from the left, and goes to the next
// line.
func (s *scanner) inline(n, depth int) bool {
	switch c := s.at(s.pos); {
	case c == '{' || c == '[':
		return s.flow(n, depth+1) && s.endLine() && s.indent <= n
	case c == '"' || c == '\'':
		return s.quotedText() && s.endLine() && s.indent <= n
	case !begins(c, s.at(s.pos+1)):
		return false
	}
	return s.lines(n)
}

// lines reads a plain scalar, which goes on in lines that stand further to the right
// than n.
func (s *scanner) lines(n int) bool {
	from, end := s.pos, s.plainEnd(s.pos)
	at := s.plainText(from, end)
	s.pos = end
	var b strings.Builder
	for s.at(end) == '\n' {
		next := end + 1
		for s.at(next) == ' ' {
			next++
		}
		if c := s.at(next); next-end-1 <= n || c == '#' || blank(c) {
			break
		}
		if b.Len() == 0 {
			b.WriteString(s.textOf(&s.values[at]))
		}
		s.line++
		s.begin, s.seen, s.column = end+1, end+1, 1
		end = s.plainEnd(next)
		b.WriteByte(' ')
		b.WriteString(strings.TrimRight(s.text[next:end], " "))
		s.pos = end
	}
	if s.at(end) == ':' {
		return false
	}
	if b.Len() > 0 {
		s.setOwn(at, b.String())
	}
	return s.endLine() && s.indent <= n
}

// plainText adds a plain scalar, without the spaces behind it.
func (s *scanner) plainText(from, end int) int {
	for end > from && s.text[end-1] == ' ' {
		end--
	}
	at := s.open(scalar)
	v := &s.values[at]
	v.start, v.end, v.null = uint32(from), uint32(end), isNull(s.text[from:end])
	s.close(at)
	return at
}

// setOwn gives a scalar a text that is not in the file.
func (s *scanner) setOwn(at int, text string) {
	v := &s.values[at]
	v.owned, v.null, v.start, v.end = true, !v.quoted && isNull(text), uint32(len(s.own)), 0
	s.own = append(s.own, text)
}

// quotedText reads a scalar in quotes, in one line.
func (s *scanner) quotedText() bool {
	at := s.open(scalar)
	s.values[at].quoted = true
	quote := s.text[s.pos]
	s.pos++
	from := s.pos
	var b strings.Builder
	for start := from; ; s.pos++ {
		c := s.at(s.pos)
		switch next := s.at(s.pos + 1); {
		case c == '\n' || c == 0:
			return false
		case c == quote && (quote == '"' || next != quote):
			if v := &s.values[at]; start == from {
				v.start, v.end = uint32(from), uint32(s.pos)
			} else {
				b.WriteString(s.text[start:s.pos])
				s.setOwn(at, b.String())
			}
			s.pos++
			s.close(at)
			return true
		case c == quote:
			b.WriteString(s.text[start : s.pos+1])
		case c == '\\' && quote == '"':
			i := strings.IndexByte(`"\/nt`, next)
			if next == 0 || i < 0 {
				return false
			}
			b.WriteString(s.text[start:s.pos])
			b.WriteByte("\"\\/\n\t"[i])
		default:
			continue
		}
		s.pos++
		start = s.pos + 1
	}
}

// flow reads a flow list or mapping in a block n from the left.
func (s *scanner) flow(n, depth int) bool {
	if depth > mostDepth {
		return false
	}
	k, end := list, byte(']')
	if s.text[s.pos] == '{' {
		k, end = mapping, '}'
	}
	at := s.open(k)
	s.pos++
	if !s.space(n) {
		return false
	}
	for first := true; s.at(s.pos) != end || !first; first = false {
		if k == mapping && !s.flowKey(n) || !s.flowValue(n, depth) || !s.space(n) {
			return false
		}
		if s.at(s.pos) == end {
			break
		}
		if s.at(s.pos) != ',' {
			return false
		}
		s.pos++
		if !s.space(n) {
			return false
		}
	}
	s.pos++
	s.close(at)
	return true
}

// space goes over spaces and line ends in a flow value, whose lines all stand further
// to the right than n.
func (s *scanner) space(n int) bool {
	for {
		switch s.at(s.pos) {
		case ' ':
			s.pos++
		case '\n':
			s.pos++
			s.line++
			s.begin, s.seen, s.column = s.pos, s.pos, 1
		case 0, '#':
			return false
		default:
			return s.pos-s.begin > n
		}
	}
}

func (s *scanner) flowKey(n int) bool {
	from := s.pos
	if c := s.at(s.pos); c == '{' || c == '[' || !s.flowValue(n, 0) {
		return false
	}
	if s.at(s.pos) != ':' || !blank(s.at(s.pos+1)) || s.pos-from > longestKey {
		return false
	}
	s.pos++
	return s.space(n)
}

// flowValue reads a value within a flow value.
func (s *scanner) flowValue(n, depth int) bool {
	c := s.at(s.pos)
	switch {
	case c == '{' || c == '[':
		return s.flow(n, depth+1)
	case c == '"' || c == '\'':
		return s.quotedText()
	case !begins(c, s.at(s.pos+1)):
		return false
	}
	for i := s.pos; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '[' || c == '{' || c == '#' && s.text[i-1] == ' ':
			return false
		case c == ':' && !blank(s.at(i+1)) && strings.IndexByte(",]}", s.at(i+1)) < 0:
			continue
		case c == '\n':
			next := i
			for s.at(next) == ' ' || s.at(next) == '\n' {
				next++
			}
			if c := s.at(next); c != ',' && c != ']' && c != '}' {
				return false
			}
		case c != ',' && c != ']' && c != '}' && c != ':':
			continue
		}
		s.plainText(s.pos, i)
		s.pos = i
		return true
	}
	return false
}
