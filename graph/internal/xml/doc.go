// Package xml writes graphs in the formats of XML that programs for drawing and
// for network analysis read: GraphML.
package xml
