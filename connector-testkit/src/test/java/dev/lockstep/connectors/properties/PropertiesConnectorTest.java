package dev.lockstep.connectors.properties;

import dev.lockstep.connector.Connector;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Key;
import dev.lockstep.connector.Row;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Settings;
import dev.lockstep.connector.Type;
import dev.lockstep.testkit.Behaviour;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import dev.lockstep.testkit.TestSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** The contract, over a properties file. */
final class PropertiesConnectorTest extends ConnectorConformance {
  @TempDir Path folder;

  @Override
  protected Harness harness() {
    return new PropertiesHarness(folder.resolve("app.properties"));
  }

  /** Works on the file with the JDK alone. */
  private record PropertiesHarness(Path file) implements Harness {

    @Override
    public Connector connector() {
      return new PropertiesConnector();
    }

    @Override
    public Settings settings() {
      return TestSettings.of(connector().spec(), Map.of("file", file.toString()));
    }

    @Override
    public Dataset shape(String name) {
      Field key = new Field("key", Type.Text.unlimited(), false);
      Field value = new Field("value", Type.Text.unlimited(), false);
      return Dataset.of(file.getFileName().toString(), Schema.of(key, value), "key");
    }

    @Override
    public String textField() {
      return "value";
    }

    @Override
    public Dataset create(Dataset wanted, List<Row> rows) {
      store(new Properties());
      put(wanted, rows);
      return wanted;
    }

    @Override
    public void put(Dataset dataset, List<Row> rows) {
      change(all -> rows.forEach(row -> all.put(row.values()[0], row.values()[1])));
    }

    @Override
    public void remove(Dataset dataset, List<Key> keys) {
      change(all -> keys.forEach(key -> all.remove(key.parts().getFirst())));
    }

    @Override
    public List<Row> rows(Dataset dataset) {
      return load().entrySet().stream()
          .map(entry -> Row.of(dataset.schema(), entry.getKey(), entry.getValue()))
          .toList();
    }

    @Override
    public Map<Behaviour, String> cannot() {
      return Map.of(
          Behaviour.READS_SINCE, "entries have no times",
          Behaviour.BLOCKED_READ, "a local file answers at once",
          Behaviour.HOLDS_NULL, "the format has no null");
    }

    @Override
    public List<Unusable> unusable() {
      Settings nowhere = TestSettings.of(connector().spec(), Map.of("file", "/nowhere/at/all"));
      return List.of(new Unusable("a file that is not there", nowhere, "file"));
    }

    private void change(Consumer<Properties> work) {
      Properties all = load();
      work.accept(all);
      store(all);
    }

    private Properties load() {
      Properties all = new Properties();
      try (Reader in = Files.newBufferedReader(file)) {
        all.load(in);
        return all;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void store(Properties all) {
      try (Writer out = Files.newBufferedWriter(file)) {
        all.store(out, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
