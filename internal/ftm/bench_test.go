package ftm

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"kg/schema"
)

// BenchmarkRead reads random entities of all schemata.
func BenchmarkRead(b *testing.B) {
	m, r := model(b), rand.New(rand.NewPCG(3, 4))
	var in bytes.Buffer
	const entities = 20000
	for i := range entities {
		text, err := json.Marshal(random(m, r, i))
		if err != nil {
			b.Fatal(err)
		}
		in.Write(append(text, '\n'))
	}
	b.SetBytes(int64(in.Len()))
	for b.Loop() {
		quads, _, err := readAll(m.Read(bytes.NewReader(in.Bytes()), Options{Base: schema.DefaultBase}), false)
		if err != nil || len(quads) == 0 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(entities*float64(b.N)/b.Elapsed().Seconds(), "entities/s")
}
