package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Loads configurations in a folder of their own. */
final class Trial {
  static final String SECRET = "s3cr3t-Pa55w0rd";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PASSWORD", SECRET, "EMPTY", "", "PORT", "7171", "WORD", "miror");

  private final Path folder;

  Trial(Path folder) {
    this.folder = folder;
  }

  Loaded load(String yaml) throws IOException {
    Files.writeString(folder.resolve(LoadConfiguration.FILE), yaml);
    return load();
  }

  Loaded load(byte[] bytes) throws IOException {
    Files.write(folder.resolve(LoadConfiguration.FILE), bytes);
    return load();
  }

  Loaded load() {
    return new LoadConfiguration(TryConnector.ALL, ENVIRONMENT, NOW).load(folder);
  }

  Configuration valid(String yaml) throws IOException {
    Loaded loaded = load(yaml);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  List<ConfigProblem> problems(String yaml) throws IOException {
    return problemsOf(load(yaml));
  }

  static List<ConfigProblem> problemsOf(Loaded loaded) {
    return switch (loaded) {
      case Loaded.Valid _ -> List.of();
      case Loaded.Invalid(List<ConfigProblem> problems) -> problems;
    };
  }
}
