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

/** The contract, over CSV files. */
final class CsvFileTest extends ConnectorConformance {
  @TempDir Path folder;

  @Override
  protected Harness harness() {
    return new FolderHarness(folder, ".csv") {
      private CsvText text(Dataset dataset) {
        Style style = new Style(',', '"', true, "", StandardCharsets.UTF_8);
        return new CsvText(style, dataset.schema().names());
      }

      @Override
      String empty(Dataset dataset) {
        return text(dataset).header();
      }

      @Override
      String line(Dataset dataset, Row row) throws MisfitException {
        return text(dataset).line(row);
      }

      @Override
      Dataset described(Dataset wanted) {
        return nullable(wanted, false);
      }

      @Override
      List<Row> parse(Dataset dataset, String text) throws MisfitException {
        List<Row> rows = new ArrayList<>();
        List<List<@Nullable String>> records = PlainCsv.parse(text);
        for (List<@Nullable String> record : records.subList(1, records.size())) {
          @Nullable Object[] values = new @Nullable Object[record.size()];
          for (int i = 0; i < values.length; i++) {
            String field = record.get(i);
            values[i] =
                field == null ? null : FieldText.parse(dataset.schema().field(i).type(), field);
          }
          rows.add(new Row(dataset.schema(), values));
        }
        return rows;
      }
    };
  }
}
