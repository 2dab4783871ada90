package ftm

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// quickly holds that what quick takes the library reads alike, and reports whether
// quick took it. The parser is one for all lines of a test, as it is for those of a file.
func quickly(t *testing.T, p *entityParser, line []byte) bool {
	t.Helper()
	var lib entityParser
	got, ok := p.quick(line)
	if !ok {
		return false
	}
	want, err := lib.slow(line)
	if err != nil {
		t.Fatalf("the library refuses what was taken: %v: %s", err, line)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s\nis read as   %+v\nthe library: %+v", line, got, want)
	}
	return true
}

// Entities of all schemata are read by quick as by the library, and nearly all are.
func TestQuick(t *testing.T) {
	t.Parallel()
	m, r := model(t), rand.New(rand.NewPCG(7, 8))
	took := 0
	var p entityParser
	const many = 2000
	for i := range many {
		line, err := json.Marshal(random(m, r, i))
		if err != nil {
			t.Fatal(err)
		}
		if quickly(t, &p, line) {
			took++
		}
	}
	if took < many*8/10 {
		t.Errorf("of %d entities %d were read by quick", many, took)
	}
}

// quickSeeds are lines at the borders of what quick takes.
var quickSeeds = []string{
	`{"id":"a","schema":"Person","properties":{"name":["x","y"],"country":[]},"datasets":["one","two"],"caption":null}`,
	` { "id" : "a" , "schema" : "Person" , "properties" : { "name" : [ "x" , "\u00e9\n" ] } , "first_seen" : "2024" } `,
	`{"id":"a","schema":"Ownership","properties":{"owner":[{"id":"b","schema":"Person","properties":{"name":["n"]}}],"asset":["c",{"id":"d","schema":"Company"},"e"]}}`,
	`{"id":"a","id":"b","schema":"Person"}`, `{"id":"","id":"b","schema":"Person"}`, `{"id":"a","schema":"Person","schema":"Person"}`,
	`{"id":"a","schema":"Person","properties":{},"properties":{}}`, `{"id":"a","schema":"Person","x":1,"x":2}`, `{"id":"a","schema":"Person","x":"1","\u0078":"2"}`,
	`{"id":"a","schema":"Person","properties":{"name":["x"],"name":["y"]}}`, `{"id":"a","schema":"Person","properties":{"name":["x"],"n\u0061me":["y"]}}`,
	`{"id":"a","schema":"Person","x":"\ud800"}`, `{"id":"a","schema":"Person","x":"\ud83d\ude00"}`, `{"id":"a","schema":"Person","x":["a", "b"]}`, `{"id":"a","schema":"Person","x":[["a"]]}`,
	`{"id":"a","schema":"Person","x":nullx}`, `{"id":"a","schema":"Person","x":true}`, `{"id":"a","schema":"Person"} x`, `{"id":"a","schema":"Person",}`, `{"id":"a" "schema":"Person"}`,
	`{"id":"a","schema":"Person","properties":{"name":["x",]}}`, `{"id":"a","schema":"Person","properties":{"name":[,]}}`, `{"id":"a","schema":"Person","properties":null}`, "{\"id\":\"a\x00\",\"schema\":\"Person\"}", "{\"id\":\"a\",\"schema\":\"Person\"}\x00",
	`{"id":"a","schema":"Person","x":{}}`, `{"id":"a","schema":"Person","x":[],"y":["\/"]}`, `{}`, `[]`, ``, `{"id":"a\`, `{"id":"a","schema":"Pers`, "{\"id\":\"\xff\",\"schema\":\"Person\"}",
}

func FuzzQuick(f *testing.F) {
	for _, s := range quickSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if !bytes.ContainsRune(line, '\n') {
			quickly(t, new(entityParser), line) // a finding is to repeat
		}
	})
}
