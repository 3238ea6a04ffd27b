package dev.lockstep.engine.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.JsonText;
import dev.lockstep.connector.Schema;
import dev.lockstep.engine.sync.Leaving;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What data can make an expression cost, and what a mapping without expressions loads. */
class BoundsTest {
  private static final Schema SOURCE = Syncs.schema("doc json, amount decimal, list list(int)");

  private static @Nullable Object value(String expression, String to, Object amount) {
    return Syncs.value(
        expression,
        to,
        SOURCE,
        new JsonText("[".repeat(10_000) + "]".repeat(10_000)),
        amount,
        Collections.nCopies(200, 1L));
  }

  @Test
  void stopsLoopsWithinLoops() {
    assertThat(
            value(
                "record.list.map(a, record.list.map(b, record.list.map(c, c).size()).size()).size()",
                "int",
                BigDecimal.ONE))
        .asString()
        .contains("refused: field 'out': ", "Iteration budget exceeded");
  }

  @Test
  void doesNotFollowJsonIntoTheDepth() {
    assertThat(value("size(record.doc)", "int", BigDecimal.ONE))
        .asString()
        .contains("refused: field 'out': ", "nesting depth");
  }

  @Test
  void doesNotWriteJsonDeeperThanItReadsIt() {
    Object deep = new JsonText("[".repeat(500) + "]".repeat(500));
    assertThat(Syncs.value("{'a': {'b': record.doc}}", "json", SOURCE, deep, null, null))
        .asString()
        .contains("refused: field 'out': ", "nesting depth");
  }

  @Test
  void doesNotCalculateWithABillionDigits() {
    BigDecimal huge = new BigDecimal("1e999999999");
    assertThat(value("record.amount + 1", "decimal", huge))
        .asString()
        .contains("too many digits to calculate with");
    assertThat(value("record.amount", "text", huge)).isEqualTo("1E+999999999");
  }

  public static final class Projection {
    private Projection() {}

    public static void main(String[] arguments) {
      Syncs.ready(
          Syncs.spec(null, Leaving.KEEP, Syncs.map("id", "record.id", "kind", "'x'")),
          Syncs.dataset("a", "id", "id int"),
          Syncs.dataset("b", "id", "id text, kind text"));
    }
  }

  @Test
  void loadsNoEvaluatorForAProjection() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Projection.class.getName()))
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(loaded)
        .contains(MapperCompiler.class.getName(), CompiledMapper.class.getName())
        .doesNotContain("dev.cel.", "com.google.protobuf", "tools.jackson");
  }
}
