package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"testing"
	"time"

	"kg/internal/js"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// hostile are queries that would take a process down or starve it. Each must
// end in an error, or in time, and in the memory it may have.
var hostile = map[string]string{
	"loop":                "while (true) {}",
	"loop in a function":  "(function f() { for (;;) {} })()",
	"loop in try":         "for (;;) { try { while (true) {} } catch (e) {} finally { continue } }",
	"recursion":           "function f() { f() } f()",
	"recursion in try":    "function f() { try { f() } finally { f() } } f()",
	"mutual recursion":    "var o = { toString: function () { return '' + o } }; o + ''",
	"getter recursion":    "var o = { get a() { return this.a } }; o.a",
	"callback recursion":  "function f() { g.V('<a>').forEach(f) } f()",
	"string doubling":     "var s = 'x'; while (true) s += s",
	"doubling in try":     "var s = 'x'; while (true) try { s += s } catch (e) {}",
	"doubling by plus":    "var s = 'xx'; while (true) s = s + s",
	"doubling by method":  "var s = 'x'; while (true) s = s.concat(s)",
	"doubling template":   "var s = 'x'; while (true) s = `${s}${s}`",
	"doubling by objects": "var s = 'x'; var o = { toString: function () { return s } }; while (true) s = o + o",
	"doubling by join":    "var s = 'x'; while (true) s = [s, s].join(s)",
	"doubling replace":    "var s = 'xx'; while (true) s = s.replace(/x/g, s)",
	"doubling replaceAll": "var s = 'xx'; while (true) s = s.replaceAll('x', '$`$&$\\'')",
	"repeat":              "'x'.repeat(1 << 29)",
	"repeat in pieces":    "var a = []; for (;;) a.push('x'.repeat(1 << 20))",
	"padStart":            "'x'.padStart(1 << 29)",
	"padEnd":              "'x'.padEnd(2e9, 'ab')",
	"raw":                 "var s = 'x'; while (true) s = String.raw`${s}${s}`",
	"json doubling":       "var s = 'x'; while (true) s = JSON.stringify([s, s])",
	"json of a dag":       "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)",
	"text of a dag":       "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; '' + a",
	"key of a dag":        "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; ({})[a]",
	"equal to a dag":      "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; a == ''",
	"flat of a dag":       "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; a.flat(Infinity)",
	"emit of a dag":       "var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; g.emit(a)",
	"emit of a loop":      "var a = []; a.push(a); g.emit(a)",
	"emit a loop object":  "var a = {}; a.a = a; g.emit(a)",
	"end with a loop":     "var a = {}; a.a = a; a",
	"json nesting":        "JSON.parse('['.repeat(1000000))",
	"deep json":           "var a = []; for (var i = 0; i < 100000; i++) a = [a]; JSON.stringify(a)",
	"deep text":           "var a = []; for (var i = 0; i < 100000; i++) a = [a]; String(a)",
	"toJSON loop":         "JSON.stringify({ toJSON: function () { for (;;) {} } })",
	"array growth":        "var a = []; for (;;) a.push(a.length)",
	"array of arrays":     "var a = []; for (;;) a.push([1, 2, 3])",
	"object growth":       "var o = {}; for (var i = 0; ; i++) o['k' + i] = i",
	"map growth":          "var m = new Map(); for (var i = 0; ; i++) m.set(i, i)",
	"closure growth":      "var f = function () {}; for (;;) f = (function (g) { return function () { return g } })(f)",
	"fill":                "new Array(4294967295).fill(0)",
	"fill pieces":         "var a = []; for (;;) a = a.concat(new Array(100000).fill(0))",
	"sparse join":         "var a = []; a[4294967290] = 1; a.join()",
	"sparse indexOf":      "var a = []; a[4294967290] = 1; a.indexOf(7)",
	"sparse sort":         "var a = []; a[4294967290] = 1; a.sort()",
	"sparse reverse":      "var a = []; a[4294967290] = 1; a.reverse()",
	"sparse includes":     "[].includes.call({ length: 9007199254740991 }, 1)",
	"sparse forEach":      "[].forEach.call({ length: 9007199254740991 }, Math.abs)",
	"sparse lastIndexOf":  "[].lastIndexOf.call({ length: 9007199254740991 }, 1)",
	"sparse unshift":      "[].unshift.call({ length: 9007199254740000 }, 1)",
	"sparse shift":        "[].shift.call({ length: 9007199254740000 })",
	"sparse splice":       "[].splice.call({ length: 9007199254740000 }, 0, 1)",
	"sparse copyWithin":   "[].copyWithin.call({ length: 9007199254740000 }, 0, 1)",
	"sparse flat":         "[].flat.call({ length: 9007199254740000 })",
	"sparse slice":        "[].slice.call({ length: 9007199254740000 })",
	"sparse at by list":   "g.V(new Array(4294967295)).all()",
	"sparse tags":         "g.V().tag(new Array(4294967295)).all()",
	"sparse emit":         "g.emit(new Array(4294967295))",
	"changing length":     "var n = 0; [].indexOf.call({ get length() { return n++ ? 1e15 : 1 } }, 1)",
	"from a length":       "Array.from({ length: 1e15 })",
	"apply a length":      "Math.max.apply(null, { length: 1e9 })",
	"sort":                "var a = []; for (var i = 0; i < 3e5; i++) a.push((i * 7919) % 300007); for (;;) a.sort(function (x, y) { return x - y })",
	"sort with a loop":    "[1, 2].sort(function () { for (;;) {} })",
	"sort texts":          "var a = []; for (var i = 0; i < 3e5; i++) a.push('k' + (i * 7919) % 300007); for (;;) a.sort()",
	"spread a text":       "var s = 'x'.repeat(1 << 20); for (;;) [...s, ...s, ...s, ...s, ...s, ...s, ...s, ...s]",
	"spread in a call":    "var a = new Array(1e7).fill(0); Math.max(...a)",
	"spread an object":    "var s = 'x'.repeat(1 << 20); for (;;) ({ ...s })",
	"spread native next":  "[...{ [Symbol.iterator]() { return { next: Object } } }]",
	"rest native next":    "var [...r] = { [Symbol.iterator]() { return { next: Object } } }",
	"set of native next":  "new Set({ [Symbol.iterator]() { return { next: Object } } })",
	"from native next":    "Array.from({ [Symbol.iterator]() { return { next: Object } } })",
	"entries native next": "Object.fromEntries({ [Symbol.iterator]() { return { next: Object } } })",
	"iterator overridden": "Array.prototype[Symbol.iterator] = function () { return { next: Object } }; [...[1]]; for (;;) {}",
	"next overridden":     "Object.getPrototypeOf([][Symbol.iterator]()).next = Object; [...[1]]; for (;;) {}",
	"endless generator":   "function* f() { for (;;) yield 1 } [...f()]",
	"generator chain":     "function* f() { yield* f() } [...f()]",
	"generator recursion": "function* f() { for (var x of f()) yield x } [...f()]",
	"generator in try":    "function* f() { try { for (var x of f()) yield x } finally { for (var y of f()) yield y } } [...f()]",
	"delegated generator": "function* f() { yield* { [Symbol.iterator]() { return { next: Object } } } } [...f()]",
	"for in a text":       "for (;;) for (var k in 'x'.repeat(1 << 20)) break",
	"keys of a text":      "for (;;) Object.keys('x'.repeat(1 << 20))",
	"regexp bomb":         "/(a+)+$/.test('a'.repeat(40) + 'b'); /(?=a)(a+)+b/.test('a'.repeat(40)); for (;;) {}",
	"back reference bomb": "/(a*)*\\1b/.test('a'.repeat(5000))",
	"regexp global":       "var s = 'a'.repeat(1 << 20); for (;;) s.match(/a/g)",
	"regexp split":        "var s = 'a'.repeat(1 << 20); for (;;) s.split(/(?:)/)",
	"regexp long":         "new RegExp('a'.repeat(1 << 20))",
	"regexp product":      "/[a-z]{1000}x/.test('a'.repeat(1 << 20))",
	"matchAll":            "for (var m of 'a'.repeat(1 << 20).matchAll(/(?=(a+)+b)/g)) {}",
	"exec overridden":     "RegExp.prototype.exec = function () { return [''] }; 'x'.replace(/a/g, 'b'); /a/g[Symbol.match]('x')",
	"search by text":      "var s = 'é' + 'a'.repeat(1 << 20), t = 'a'.repeat(1 << 19) + 'b'; for (;;) s.indexOf(t)",
	"split by text":       "var s = 'a'.repeat(1 << 20); for (;;) s.split('')",
	"bigint":              "2n ** 1000000000n",
	"bigint from text":    "BigInt('9'.repeat(1000000))",
	"bigint by eval":      "eval('2n ** 1000000000n')",
	"code":                "Function('for (;;) {}')()",
	"code by constructor": "(function () {}).constructor('return 2n ** 1000000000n')()",
	"code by generator":   "Object.getPrototypeOf(function* () {}).constructor('yield 2n ** 1000000000n')().next()",
	"promise loop":        "async function f() { for (;;) await 0 } f()",
	"promise jobs":        "function f() { Promise.resolve().then(f) } f()",
	"thenable":            "var t = {}; t.then = Promise.resolve.bind(Promise, t); Promise.resolve(t)",
	"proxy nest":          "var p = {}; for (;;) p = new Proxy(p, {})",
	"bind nest":           "var f = function () {}; for (var i = 0; i < 1e6; i++) f = f.bind(null); f()",
	"prototype chain":     "var o = {}; for (var i = 0; i < 3e5; i++) o = Object.create(o); for (;;) o.x",
	"push overridden":     "Array.prototype.push = function () { for (;;) {} }; [].push(1)",
	"setter on object":    "Object.defineProperty(Object.prototype, 'id', { set: function () { for (;;) {} } }); g.V().forEach(function (d) {}); for (;;) {}",
	"setter on index":     "Object.defineProperty(Object.prototype, '0', { set: function () { for (;;) {} }, get: function () { for (;;) {} } }); [].concat([1]).join(); g.emit(g.V().toArray())",
	"getter on toString":  "Object.defineProperty(Object.prototype, 'toString', { get: function () { for (;;) {} } }); '' + {}",
	"getter in emit":      "g.emit({ get a() { for (;;) {} } })",
	"getter at the end":   "({ get a() { for (;;) {} } })",
	"toString in a call":  "g.V({ toString: function () { for (;;) {} } }).all()",
	"undefined shadow":    "globalThis['\\u0000lim'] = Object; var s = 'x'; while (true) s += s",
	"reserved tag":        "g.V().tag('\\u00001').all()",
	"join of joins":       "var p = g.V(); for (;;) p = p.and(p)",
	"long path":           "var p = g.V(); for (;;) p = p.out()",
	"exponential join":    "g.V().both().both().both().both().both().both().both().both().both().both().both().both().count()",
	"exponential rows":    "g.V().both().both().both().both().both().both().both().both().both().both().both().both().forEach(function () {})",
	"exponential array":   "g.V().both().both().both().both().both().both().both().both().both().both().both().both().tagArray()",
	"exponential none":    "g.V().both().both().both().both().both().both().both().both().both().both().filter(like('zz%')).all()",
	"ordered":             "g.V().both().both().both().both().both().both().both().both().order().all()",
	"unique":              "g.V().both().both().both().both().both().both().both().both().both().both().unique().all()",
	"recursion product":   "g.V().both().both().both().both().both().both().both().followRecursive(g.M().both().both().both().both().both().both().both()).all()",
	"shortest product":    "g.V().shortestPath(g.V(), 1000, g.M().both()).all()",
	"getLimit":            "for (;;) g.V().getLimit(-1)",
	"all twice":           "for (;;) g.V().all()",
	"throw a loop":        "throw { get message() { for (;;) {} } }",
	"throw a dag":         "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; throw { message: a }",
	"number of a dag":     "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; +a",
	"parse a dag":         "var a = []; for (var i = 0; i < 40; i++) a = [a, a]; parseInt(a)",
	"list of a dag":       "var a = ['<a>']; for (var i = 0; i < 40; i++) a = [a, a]; g.V(a)",
	"throw a text":        "throw { toString: function () { for (;;) {} } }",
	"deep source":         strings.Repeat("(", 9000) + "1" + strings.Repeat(")", 9000),
	"deep sum":            "1" + strings.Repeat("+1", 30000),
	"deep blocks":         strings.Repeat("{", 30000) + strings.Repeat("}", 30000),
	"deep arrows":         strings.Repeat("x=>", 7000) + "1",
	"deep nots":           strings.Repeat("!", 200000) + "1",
	"deep lists":          strings.Repeat("[", 100000) + strings.Repeat("]", 100000),
	"long source":         strings.Repeat(" ", 1<<20) + "1",
}

// mesh is a graph in which every node of n knows every other.
func mesh(n int) []quad.Quad {
	var quads []quad.Quad
	name := func(i int) quad.IRI { return quad.IRI(string(rune('a' + i))) }
	for i := range n {
		for j := range n {
			if i != j {
				quads = append(quads, quad.Quad{Subject: name(i), Predicate: quad.IRI("p"), Object: name(j)})
			}
		}
	}
	return quads
}

// TestHostile runs each of them on one of the stores, with little time.
// KG_HOSTILE=n runs all on both n times.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("each query takes its whole time")
	}
	rounds, opts := 0, Options{Timeout: 40 * time.Millisecond, MaxMemory: 48 << 20, Limit: 1000}
	if n, err := strconv.Atoi(os.Getenv("KG_HOSTILE")); err == nil {
		rounds, opts.Timeout = n, 250*time.Millisecond
	}
	stores := []graph.QuadStore{scratch(mesh(12)...), newStore(t, mesh(12))}
	before, base := runtime.NumGoroutine(), settled()
	for range max(1, rounds) {
		for name, text := range hostile {
			for i, qs := range stores {
				if rounds == 0 && rand.IntN(2) == i {
					continue
				}
				runHostile(t, fmt.Sprint(name, " on ", []string{"memstore", "store"}[i]), qs, text, opts)
			}
		}
		if now := settled(); now > base+32<<20 {
			t.Errorf("%d MiB are used, %d MiB were", now>>20, base>>20)
		}
		settle(t, before)
	}
}

// settled is what is used when nothing runs. A stack that was deep once gives
// half of it back at each collection.
func settled() uint64 {
	for range 12 {
		runtime.GC()
	}
	return used()
}

func runHostile(t *testing.T, name string, qs graph.QuadStore, text string, opts Options) {
	if os.Getenv("KG_HOSTILE") != "" {
		t.Log(name, "begins")
	}
	base := used()
	peak, done := make(chan uint64), make(chan bool)
	go func() {
		most := uint64(0)
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(time.Millisecond):
				most = max(most, used())
			}
		}
	}()
	began, rows := time.Now(), 0
	var err error
	for _, e := range Run(context.Background(), qs, text, opts).Rows() {
		if e == nil {
			rows++
		} else {
			err = e
		}
	}
	took := time.Since(began)
	close(done)
	if took > opts.Timeout+late {
		t.Errorf("%s: %v: %v", name, took, err)
	}
	if rows > opts.Limit {
		t.Errorf("%s: %d rows", name, rows)
	}
	if grown := int64(<-peak) - int64(base); grown > 3*opts.MaxMemory+256<<20 {
		t.Errorf("%s: grown by %d MiB", name, grown>>20)
	}
	var mistake *js.Error
	if err != nil && !errors.Is(err, js.ErrTimeout) && !errors.Is(err, js.ErrMemory) && !errors.As(err, &mistake) {
		t.Errorf("%s: an unexpected error: %v", name, err)
	}
	if os.Getenv("KG_HOSTILE") != "" {
		t.Log(name, took, rows, err)
	}
}

// settle waits for goroutines to be as few as before.
func settle(t *testing.T, before int) {
	t.Helper()
	for began := time.Now(); time.Since(began) < late; time.Sleep(20 * time.Millisecond) {
		if runtime.NumGoroutine() <= before {
			return
		}
	}
	buf := make([]byte, 1<<16)
	t.Errorf("%d goroutines, were %d\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
}

// late is how late a query may end here: the package's 100 ms, and what other
// work on the machine makes of them.
const late = time.Minute

// used are the bytes that the process has in objects, garbage too, and stacks.
func used() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() + s[1].Value.Uint64()
}
