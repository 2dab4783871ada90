package match

import (
	"strings"
	"testing"

	"kg/internal/fold"
)

// The spellings of a line are of one name: the original's, that of BGN/PCGN or
// Revised Romanization, and those of other standards and of people's own.
func TestRomanisationsOfOneName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sound func(string) string
		names string
	}{
		{slavicSound, "Юрий/Yuriy/Iurii/Yury/Yuri"},
		{slavicSound, "Хрущёв/Khrushchyov/Khrushchev"},
		{slavicSound, "Сергей Дарькин/Sergey Darkin/Sergei Darkin/Sergei Dar'kin"},
		{slavicSound, "Цой/Tsoy/Tsoi"},
		{slavicSound, "Жуковский/Zhukovskiy/Zhukovskii/Zhukovsky"},
		{koreanSound, "김정일/Gim Jeong Il/Kim Chŏng Il/Kim Jong-il/Kim Jong Il"},
		{koreanSound, "최춘식/Choe Chun Sik/Ch'oe Ch'un Sik/Ch’oe Ch’un Sik/Choi Chun-Shik"},
		{koreanSound, "김영철/Gim Yeong Cheol/Kim Yŏng Ch'ŏl/Kim Young-Cheol/Kim Yong Chol"},
		{koreanSound, "박영호/Bak Yeong Ho/Pak Yŏng Ho/Park Young Ho"},
		{koreanSound, "리제선/Ri Je Son/Ri Che Sŏn/Lee Je Seon/Yi Che-sŏn"},
		{koreanSound, "Rungra/Neungra/Rŭngra/Neungna"},
		{koreanSound, "Daedong/Taedong"},
	} {
		var first string
		for i, name := range strings.Split(test.names, "/") {
			words := romanWords(name)
			for i := range words {
				words[i] = test.sound(words[i])
			}
			key := strings.Join(words, " ")
			if i == 0 {
				first = key
			}
			if key != first {
				t.Errorf("%s: %q is %q, and %q", test.names, name, key, first)
			}
		}
	}
}

// Two names that no standard makes one stay two.
func TestOtherNamesSoundOtherwise(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"Юрий", "Юрия"}, {"Kim", "Gum"}, {"Chol", "Chal"}, {"Neungra", "Rungrado"}, {"Ivan", "Ivanov"}} {
		a, b := roman(fold.Words(pair[0])), roman(fold.Words(pair[1]))
		if slavicSound(a) == slavicSound(b) || koreanSound(a) == koreanSound(b) {
			t.Errorf("%s sounds like %s", pair[0], pair[1])
		}
	}
}
