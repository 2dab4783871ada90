package ftm

import (
	"bytes"
	"encoding/json"
	"io"
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
		n, err := io.Copy(io.Discard, m.Read(bytes.NewReader(in.Bytes()), Options{Base: schema.DefaultBase}))
		if err != nil || n == 0 {
			b.Fatal(err)
		}
	}
	b.ReportMetric(entities*float64(b.N)/b.Elapsed().Seconds(), "entities/s")
}
