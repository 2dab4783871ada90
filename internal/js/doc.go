// Package js runs JavaScript within bounds of time and memory. It knows no graph: a Host
// names and guards its own values, and adds callable objects to the Runtime.
//
// A Compiler parses a text, rewrites it and compiles it; a Runtime runs one program,
// once. A mistake is an *Error with its line and column.
//
// The interpreter checks for interruption between two instructions only, so anything that
// loops or grows within one instruction is bounded otherwise:
//   - before compilation, a text is rewritten (rewrite.go): string concatenations are
//     checked, spread values are made lists first;
//   - the built-ins that loop are replaced by ones written in JavaScript (prelude.js),
//     if the script may reach them (reach.go);
//   - a text has at most 1,048,576 characters, the call depth is at most 500, a script
//     has at most 128 KiB;
//   - a regular expression that needs backtracking has one second per match. Unicode
//     classes in expressions are expanded (classes.go), since the interpreter takes
//     them for letters.
//
// Deliberately absent are BigInt, binary arrays, Proxy, Reflect, Promise and async,
// generators, eval and Function: one step of theirs has no bound, or creates code that
// was not checked.
//
// Memory is measured every 5 ms, for all runs of the process together (memory.go):
// however many run, they make the process grow by at most three times the largest
// Bounds.Memory and 64 MiB, and stay below it but for moments. The youngest run ends
// first, of those that yield if there are any; all end when the growth exceeds twice the
// largest bound. Within applies the bounds to the processing of results, too.
package js
