// Package xml writes graphs in the XML formats of graph drawing and network analysis,
// GraphML and GEXF 1.3 (https://gexf.net), and the tables of the latter.
//
// XML 1.0 cannot represent most control characters, not even escaped: U+FFFD replaces
// them, and Lossless reports whether any were.
package xml
