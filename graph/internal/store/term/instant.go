package term

import (
	"bytes"
	"encoding/binary"
)

// instant is a point in time: where a date, a month or a year begins, in UTC if
// it names no zone. Its calendar is that of XML Schema 1.1, the Gregorian one
// back to before its time, with a year 0.
type instant struct {
	seconds  int64  // since 1970
	fraction []byte // digits of the second's fraction, without zeros at the end
}

// An instant in a key is 5 bytes, whose number is the seconds since 1970 plus middle, for
// some 17,000 years before and after; beyond, it is early or late and 8 bytes. A fraction
// follows in pairs of digits as in a number, after a byte that is greater than any
// datatype.
//
//	2024-02-29 80 65 DF C9 00
const (
	middle = 0x80 << 32
	early  = 0x01
	late   = 0xFE
	mark   = 0x80
)

func appendInstant(dst []byte, t instant) []byte {
	switch u := t.seconds + middle; {
	case t.seconds < (early+1-0x80)<<32:
		dst = binary.BigEndian.AppendUint64(append(dst, early), uint64(t.seconds)^1<<63)
	case t.seconds >= (late-0x80)<<32:
		dst = binary.BigEndian.AppendUint64(append(dst, late), uint64(t.seconds)^1<<63)
	default:
		dst = append(dst, byte(u>>32), byte(u>>24), byte(u>>16), byte(u>>8), byte(u))
	}
	if len(t.fraction) > 0 {
		dst = appendPairs(append(dst, mark), t.fraction, 0)
	}
	return dst
}

// cutInstant decodes the instant at the start of a key, with scratch for its fraction,
// and returns the bytes after it.
func cutInstant(key, scratch []byte) (t instant, rest []byte, err error) {
	var wide [8]byte
	switch {
	case len(key) > 5 && key[0] > early && key[0] < late:
		copy(wide[3:], key)
		t.seconds = int64(binary.BigEndian.Uint64(wide[:])) - middle
		key = key[5:]
	case len(key) > 9 && (key[0] == early || key[0] == late):
		t.seconds = int64(binary.BigEndian.Uint64(key[1:]) ^ 1<<63)
		key = key[9:]
	default:
		return t, nil, errKey
	}
	if key[0] != mark {
		return t, key, nil
	}
	t.fraction, rest, err = cutPairs(key[1:], 0, scratch)
	return t, rest, err
}

// dayOf returns the number of a day since 1 January 1970 (Hinnant, "chrono-Compatible
// Low-Level Date Algorithms", days_from_civil).
func dayOf(year, month, day int64) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := floor(year, 400)
	ofEra := year - 400*era
	return 146097*era + 365*ofEra + ofEra/4 - ofEra/100 + (153*(month-3)+2)/5 + day - 1 - 719468
}

// civil is its inverse (civil_from_days).
func civil(days int64) (year, month, day int64) {
	days += 719468
	era := floor(days, 146097)
	ofEra := days - 146097*era
	yearOfEra := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month = (5*ofYear + 2) / 153
	day = ofYear - (153*month+2)/5 + 1
	month += 3
	year = yearOfEra + 400*era
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// floor divides, rounding down.
func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysIn is the length of a month.
func daysIn(year, month int64) int64 {
	if month == 2 {
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 30 + (month+month/8)%2
}

// trimZeros leaves out the zeros at the end of a fraction.
func trimZeros(fraction []byte) []byte { return bytes.TrimRight(fraction, "0") }
