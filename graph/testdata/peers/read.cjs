// Reads a file with a library that people use, and prints what it has in it:
// node read.cjs NODE_MODULES LIBRARY FILE MEDIA-TYPE
const fs = require('fs'), path = require('path');
const [modules, library, file, type] = process.argv.slice(2);
const load = name => require(path.join(modules, name));
const text = fs.readFileSync(file, 'utf8');

const read = {
  oxigraph() { // as N-Quads; its store would write numbers and dates anew
    for (const quad of load('oxigraph').parse(text, {format: type})) process.stdout.write(quad.toString() + ' .\n');
  },
  rewrite() { // N-Quads as Oxigraph writes them in a format
    const store = new (load('oxigraph').Store)();
    store.load(text, {format: 'application/n-quads'});
    process.stdout.write(store.dump({format: type}));
  },
  n3() {
    const {Parser, Writer} = load('n3'), writer = new Writer({format: 'N-Quads'});
    writer.addQuads(new Parser({format: type}).parse(text));
    writer.end((error, out) => process.stdout.write(out));
  },
  graphology() {
    const {MultiDirectedGraph} = load('graphology');
    const graph = load('graphology-' + type).parse(MultiDirectedGraph, text);
    const claims = graph.filterEdges((_, edge) => edge.claim && edge.said_by && edge.sure);
    console.log(graph.order, graph.size, claims.length);
  },
  speed() { // quads, and milliseconds of Oxigraph's parser and of N3.js's
    const times = [];
    let quads;
    for (const parse of [
      () => load('oxigraph').parse(text, {format: 'text/turtle'}),
      () => new (load('n3').Parser)().parse(text),
    ]) {
      const start = process.hrtime.bigint();
      quads = parse().length;
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    console.log(quads, ...times);
  },
};
read[library]();
