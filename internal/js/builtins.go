package js

import (
	_ "embed"
	"strings"
	"sync"
)

// loopNames are methods both of paths and of lists.
var loopNames = map[string]bool{"forEach": true, "map": true, "filter": true}

// computing are built-ins that reach others by names which they are given.
var computing = map[string]bool{"getOwnPropertyDescriptor": true, "getOwnPropertyDescriptors": true, "getOwnPropertyNames": true,
	"globalThis": true, "Reflect": true, "__proto__": true, "getPrototypeOf": true, "eval": true, "Function": true, "constructor": true}

// preludeGroups are the sections of the prelude, by the names that reach them. Its first
// section, which needs no name, is always loaded.
var preludeGroups = map[string]string{
	"arrays": "Array forEach map filter some every find findIndex findLast findLastIndex reduce reduceRight indexOf lastIndexOf includes " +
		"fill copyWithin slice concat reverse shift unshift splice flat flatMap sort toSorted toReversed toSpliced with from fromEntries",
	"functions": "apply bind",
	"listings":  "keys values entries assign getOwnPropertyNames getOwnPropertyDescriptors",
	"texts": "String indexOf lastIndexOf includes split match matchAll search repeat padStart padEnd concat raw replace replaceAll " +
		"normalize localeCompare",
	"regexps":     "RegExp match matchAll search replace replaceAll split exec test compile",
	"json":        "JSON parse stringify rawJSON",
	"collections": "Map Set WeakMap WeakSet",
	"absent": "Proxy Promise BigInt AggregateError ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array " +
		"Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array rawJSON prototype",
}

// groupsOf are the groups by name.
var groupsOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for group, list := range preludeGroups {
		for _, name := range strings.Fields(list) {
			m[name] = append(m[name], group)
		}
	}
	return m
})

// short are names of built-ins that take one short step, unless they are given a list of
// lists, which they would convert to a text.
var short = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("Date isNaN isFinite parseInt parseFloat Number Boolean TypeError Error RangeError floor ceil round " +
		"abs max min random now getTime toFixed charAt toLowerCase toUpperCase trim substring startsWith endsWith") {
		m[name] = true
	}
	return m
}()

// harmless are names of built-ins that create nothing from their arguments, and so need no
// prelude.
var harmless = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("length name undefined NaN Infinity Math push pop message label value") {
		m[name] = true
	}
	return m
}()

// globals are the interpreter's global names; it does not list them itself.
var globals = []string{"Object", "Function", "Array", "String", "Number", "BigInt", "RegExp", "Date", "Boolean", "Proxy", "Reflect",
	"Error", "AggregateError", "TypeError", "ReferenceError", "SyntaxError", "RangeError", "EvalError", "URIError", "GoError", "eval",
	"Math", "JSON", "Symbol", "WeakSet", "WeakMap", "Map", "Set", "Promise", "globalThis", "isNaN", "parseInt", "parseFloat", "isFinite",
	"decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape", "ArrayBuffer", "DataView",
	"Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array",
	"Float64Array", "BigInt64Array", "BigUint64Array", "SharedArrayBuffer", "Atomics", "Iterator", "WeakRef", "FinalizationRegistry"}

// isGlobal reports whether a name is one of globals.
var isGlobal = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, name := range globals {
		m[name] = true
	}
	return m
})

//go:embed builtins.txt
var builtinsText string

// builtins are the names of all properties of the interpreter's own objects. Collecting
// them takes longer than most queries.
var builtins = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields(builtinsText) {
		m[name] = true
	}
	return m
})
