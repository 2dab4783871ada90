// Package xml writes graphs in the formats of XML that programs for drawing and
// for network analysis read, GraphML and GEXF 1.3 (https://gexf.net), and their tables.
//
// XML 1.0 has no place for most control characters, not even escaped: U+FFFD stands
// for them, and Lossless tells of it.
package xml
