// Package gizmo runs queries in Gizmo, Cayley's query language, on any Cayley
// store.
package gizmo
