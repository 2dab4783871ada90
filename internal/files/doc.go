// Package files puts files in place of others as a whole or not at all, and makes those
// without a name. It knows no graph.
package files
