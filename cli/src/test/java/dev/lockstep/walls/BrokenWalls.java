package dev.lockstep.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A small Lockstep in which every wall is broken, compiled when a test asks for it. */
final class BrokenWalls {

  private BrokenWalls() {}

  static Path compileInto(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-d", folder.toString(), "-proc:none");
    assertThat(compiler.getTask(null, null, null, options, null, sources()).call()).isTrue();
    return folder;
  }

  private static List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    sources.add(new Source("connector", "Contract", "java.sql.Connection"));
    sources.add(new Source("store", "Table", "dev.lockstep.hub.Entry"));
    sources.add(new Source("hub", "Entry", "dev.lockstep.engine.Engine"));
    sources.add(new Source("engine", "Engine", "dev.lockstep.connectors.file.Csv"));
    sources.add(new Source("connectors.file", "Csv", "dev.lockstep.connectors.jdbc.Sql"));
    sources.add(new Source("connectors.jdbc", "Sql", "dev.lockstep.store.Table"));
    sources.add(new Source("connectors.postgresql", "Log", "dev.lockstep.connectors.http.Rest"));
    sources.add(new Source("connectors.http", "Rest", "dev.lockstep.engine.Engine"));
    sources.add(new Source("connectors.liferay", "Objects", "dev.lockstep.engine.Engine"));
    sources.add(new Source("server", "Wiring", "dev.lockstep.cli.Command"));
    sources.add(new Source("demo", "Play", "dev.lockstep.server.Wiring"));
    sources.add(new Source("cli", "Command", "dev.lockstep.simulation.Kill"));
    sources.add(new Source("simulation", "Kill", "java.lang.String"));
    for (String name : Walls.ENGINE_ORDER) {
      sources.add(new Source("engine." + name, "Step", "dev.lockstep.engine.Engine"));
    }
    sources.add(new Source("engine.mapping", "MappingUtils", "java.lang.String"));
    return sources;
  }

  /** A class with one field. */
  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String location, String name, String known) {
      super(
          URI.create("string:///" + location.replace('.', '/') + "/" + name + ".java"),
          Kind.SOURCE);
      text =
          "package %s.%s; public class %s { %s known; }"
              .formatted(Walls.ROOT, location, name, known);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
