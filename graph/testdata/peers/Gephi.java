import java.io.File;
import java.util.List;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a network as Gephi does, and prints how many nodes, edges and edges with a claim
 * it has. Unless it is told not to, Gephi makes one edge of what two claims state.
 */
public class Gephi {
  public static void main(String[] args) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController imports = Lookup.getDefault().lookup(ImportController.class);
    Container container = imports.importFile(new File(args[0]));
    container.getLoader().setAllowAutoNode(false);
    container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
    imports.process(container, new DefaultProcessor(), workspace);
    Graph graph = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace).getGraph();
    int claims = 0;
    for (Edge e : graph.getEdges()) {
      int told = 0;
      for (Column column : graph.getModel().getEdgeTable()) {
        if (List.of("claim", "said_by", "sure").contains(column.getTitle()) && e.getAttribute(column) != null) {
          told++;
        }
      }
      claims += told / 3;
    }
    container.getReport().getIssues(100).forEachRemaining(i -> {
      if (i.getLevel() != Issue.Level.INFO) {
        System.out.println(i.getLevel() + " " + i.getMessage());
      }
    });
    System.out.println(graph.getNodeCount() + " " + graph.getEdgeCount() + " " + claims);
  }
}
