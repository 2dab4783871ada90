// Package files replaces files atomically, and creates files without a name. It knows no
// graph.
package files
