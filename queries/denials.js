/**
 * Who denies what?
 *
 * @param {entity} [speaker] - who denies it; anybody if absent
 * @columns speaker, says, source
 * @example kg query denials
 * @denied
 */
var claims = g.V("<kgo:denies>").tag("stance").in("<kgo:stance>").tag("claim").save("<rdfs:comment>", "says")
  .save("<dcterms:source>", "source").out("<kgo:speaker>");
if (speaker) claims = claims.is(speaker);
claims.tag("speaker").all();
