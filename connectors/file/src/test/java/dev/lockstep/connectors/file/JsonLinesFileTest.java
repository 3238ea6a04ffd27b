package dev.lockstep.connectors.file;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Row;
import dev.lockstep.connectors.file.FieldText.MisfitException;
import dev.lockstep.testkit.ConnectorConformance;
import dev.lockstep.testkit.Harness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The contract, over JSON Lines files. */
final class JsonLinesFileTest extends ConnectorConformance {
  @TempDir Path folder;

  @Override
  protected Harness harness() {
    return new FolderHarness(folder, ".jsonl") {
      @Override
      String empty(Dataset dataset) {
        return "";
      }

      @Override
      String line(Dataset dataset, Row row) throws MisfitException {
        return new JsonLineText().line(row);
      }

      @Override
      Dataset described(Dataset wanted) {
        return nullable(wanted, true);
      }

      @Override
      List<Row> parse(Dataset dataset, String text) throws MisfitException {
        List<Row> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
          rows.add(row(dataset, line.getBytes(StandardCharsets.UTF_8)));
        }
        return rows;
      }

      private Row row(Dataset dataset, byte[] line) throws MisfitException {
        @Nullable Object[] values = new @Nullable Object[dataset.schema().size()];
        try (JsonParser parser = JsonValues.parser(line, 0, line.length)) {
          parser.nextToken();
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            int index = dataset.schema().indexOf(parser.currentName());
            parser.nextToken();
            values[index] = JsonValues.value(parser, dataset.schema().field(index).type());
          }
        }
        return new Row(dataset.schema(), values);
      }
    };
  }
}
