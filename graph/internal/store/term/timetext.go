package term

// zone is the time zone of a literal: none, Z, or an offset in minutes plus mid. The
// offset -00:00 has a number of its own.
type zone uint16

const (
	noZone zone = iota
	zulu
	minusZero
	mid      zone = 1000
	mostZone      = 14 * 60 // minutes
)

// seconds is how much earlier it is in UTC.
func (z zone) seconds() int64 {
	if z <= minusZero {
		return 0
	}
	return 60 * (int64(z) - int64(mid))
}

func (z zone) valid() bool {
	return z <= minusZero || mid-mostZone <= z && z <= mid+mostZone
}

// usual is the zone of a datatype's canonical form.
func (d datatype) usual() zone {
	if d == dateTime || d == dateTimeStamp {
		return zulu
	}
	return noZone
}

// spelling is how a literal spells an instant, where the datatype allows variants.
type spelling struct {
	zone  zone
	zeros int  // at the end of the fraction
	odd   bool // the year is -0000 or the hour 24, which appendTime never writes
}

// mostFormZeros is how many zeros of a fraction a key can count.
const mostFormZeros = 0x1E

// appendTime appends the text of a datatype for an instant: years have four
// digits or more, the first hour is 00.
func appendTime(dst []byte, t instant, d datatype, f spelling) []byte {
	local := t.seconds + f.zone.seconds()
	days := floor(local, 86400)
	year, month, day := civil(days)
	if year < 0 {
		dst = append(dst, '-')
		year = -year
	}
	dst = appendPadded(dst, year, 4)
	if d != gYear {
		dst = appendPadded(append(dst, '-'), month, 2)
	}
	if d != gYear && d != gYearMonth {
		dst = appendPadded(append(dst, '-'), day, 2)
	}
	if d == dateTime || d == dateTimeStamp {
		dst = appendClock(append(dst, 'T'), local-86400*days)
		if len(t.fraction)+f.zeros > 0 {
			dst = appendZeros(append(append(dst, '.'), t.fraction...), f.zeros)
		}
	}
	return appendZone(dst, f.zone)
}

func appendClock(dst []byte, seconds int64) []byte {
	dst = append(appendPadded(dst, seconds/3600, 2), ':')
	dst = append(appendPadded(dst, seconds/60%60, 2), ':')
	return appendPadded(dst, seconds%60, 2)
}

func appendZone(dst []byte, z zone) []byte {
	switch z {
	case noZone:
		return dst
	case zulu:
		return append(dst, 'Z')
	case minusZero:
		return append(dst, "-00:00"...)
	}
	sign, minutes := byte('+'), z.seconds()/60
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	dst = append(appendPadded(append(dst, sign), minutes/60, 2), ':')
	return appendPadded(dst, minutes%60, 2)
}

// appendPadded appends n with zeros before it up to a width.
func appendPadded(dst []byte, n int64, width int) []byte {
	at := len(dst)
	for ; n > 0 || len(dst)-at < width; n /= 10 {
		dst = append(dst, byte('0'+n%10))
	}
	for i, j := at, len(dst)-1; i < j; i, j = i+1, j-1 {
		dst[i], dst[j] = dst[j], dst[i]
	}
	return dst
}

// appendTimeForm appends the datatype and the difference of text from its canonical form:
// a byte 1 more than the zeros it adds to the fraction, and two bytes for the zone; or,
// if there are more differences, the text. The first byte of a text is a digit or a sign,
// and beyond any number of zeros.
func appendTimeForm(dst []byte, d datatype, f spelling, text []byte) []byte {
	dst = append(dst, byte(d))
	switch {
	case f == spelling{zone: d.usual()}:
		return dst
	case f.odd || f.zeros > mostFormZeros:
		return append(dst, text...)
	}
	return append(dst, byte(1+f.zeros), byte(f.zone>>8), byte(f.zone))
}

// cutTimeForm returns the text of a time and its datatype from the bytes after the
// instant in a key. The text is in scratch or in key.
func cutTimeForm(t instant, key, scratch []byte) (d datatype, text []byte, err error) {
	if len(key) == 0 || datatype(key[0]).class() != classTime {
		return 0, nil, errKey
	}
	d, key = datatype(key[0]), key[1:]
	f := spelling{zone: d.usual()}
	switch {
	case len(key) == 0:
	case key[0] > mostFormZeros+1:
		return d, key, nil
	case len(key) != 3 || key[0] == 0:
		return 0, nil, errKey
	default:
		f = spelling{zone: zone(key[1])<<8 | zone(key[2]), zeros: int(key[0]) - 1}
		if !f.zone.valid() {
			return 0, nil, errKey
		}
	}
	return d, appendTime(scratch, t, d, f), nil
}
