/**
 * What does somebody say, how, and in which source?
 *
 * @param {entity} [speaker] - who says it; everybody if absent
 * @columns speaker, says, hedge, source
 * @example kg query statements speaker=defector-46
 * | A North Korean defector aged 46 | The companies take some 400 to 500 dollars a month from every worker. | | N.Korea's Businesses Thriving in Russia | A North Korean defector aged 46 | asserts | |
 * | A North Korean defector aged 46 | The money is then used as business expenses of high-ranking officials. | | N.Korea's Businesses Thriving in Russia | A North Korean defector aged 46 | asserts | |
 * | A North Korean defector aged 46 | The workers' discontent grows because officials dine out and their wives buy clothes with money the workers earned. | | N.Korea's Businesses Thriving in Russia | A North Korean defector aged 46 | asserts | |
 */
var claims = g.Kind("Claim").tag("claim").save("<rdfs:comment>", "says")
  .saveOpt("<kgo:hedge>", "hedge").save("<dcterms:source>", "source").out("<kgo:speaker>");
if (speaker) claims = claims.is(speaker);
claims.tag("speaker").all();
