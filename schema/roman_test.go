package schema_test

import (
	"strings"
	"testing"

	"kg/schema"
)

// The spellings of a line are of one name: the original's, that of BGN/PCGN or
// Revised Romanization, and those of other standards and of people's own.
func TestRomanisationsOfOneName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		sound func(string) string
		names string
	}{
		{schema.SlavicSound, "Юрий/Yuriy/Iurii/Yury/Yuri"},
		{schema.SlavicSound, "Хрущёв/Khrushchyov/Khrushchev"},
		{schema.SlavicSound, "Сергей Дарькин/Sergey Darkin/Sergei Darkin/Sergei Dar'kin"},
		{schema.SlavicSound, "Цой/Tsoy/Tsoi"},
		{schema.SlavicSound, "Жуковский/Zhukovskiy/Zhukovskii/Zhukovsky"},
		{schema.KoreanSound, "김정일/Gim Jeong Il/Kim Chŏng Il/Kim Jong-il/Kim Jong Il"},
		{schema.KoreanSound, "최춘식/Choe Chun Sik/Ch'oe Ch'un Sik/Ch’oe Ch’un Sik/Choi Chun-Shik"},
		{schema.KoreanSound, "김영철/Gim Yeong Cheol/Kim Yŏng Ch'ŏl/Kim Young-Cheol/Kim Yong Chol"},
		{schema.KoreanSound, "박영호/Bak Yeong Ho/Pak Yŏng Ho/Park Young Ho"},
		{schema.KoreanSound, "리제선/Ri Je Son/Ri Che Sŏn/Lee Je Seon/Yi Che-sŏn"},
		{schema.KoreanSound, "Rungra/Neungra/Rŭngra/Neungna"},
		{schema.KoreanSound, "Daedong/Taedong"},
	} {
		var first string
		for i, name := range strings.Split(test.names, "/") {
			words := schema.RomanWords(name)
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
		a, b := schema.Roman(schema.FoldWords(pair[0])), schema.Roman(schema.FoldWords(pair[1]))
		if schema.SlavicSound(a) == schema.SlavicSound(b) || schema.KoreanSound(a) == schema.KoreanSound(b) {
			t.Errorf("%s sounds like %s", pair[0], pair[1])
		}
	}
}
