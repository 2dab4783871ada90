// Package js runs a JavaScript within bounds. It knows no graph: a Host names and
// guards its own values, and puts what a script may call into the Runtime.
//
// A Compiler parses a text, rewrites it and compiles it; a Runtime runs one
// program and is then done. A mistake is an *Error with its line and column.
//
// The interpreter looks up between two instructions only, so whatever loops or
// grows within one is bounded otherwise:
//   - before it is compiled, a text is rewritten (rewrite.go): sums of texts are
//     checked, what is spread is made a list first;
//   - the built-ins that loop are replaced by ones written in JavaScript
//     (prelude.js), if the script may reach them (reach.go);
//   - a text has at most 1,048,576 characters, functions call each other 500
//     deep, a script has 128 KiB;
//   - a match of an expression that needs to go back has a second. Expressions have the
//     classes of Unicode written out (classes.go), which the interpreter takes for
//     letters.
//
// Deliberately absent are BigInt, binary arrays, Proxy, Reflect, Promise and
// async, generators, eval and Function: one step of theirs has no bound, or
// makes code that was not looked at.
//
// Memory is looked at every 5 ms, for all runs of the process together
// (memory.go): however many run, they make the process grow by at most three times
// the largest Bounds.Memory and 64 MiB, and stay below it but for moments. The
// youngest run ends first, of those that yield if there are any, and all end when
// there is twice too much. Within makes the bounds hold for what is done with the
// results, too.
package js
