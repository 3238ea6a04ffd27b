package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds is told, never thrown. */
class DamagedConfigurationTest {
  private static final byte[] GOOD = GoodConfigurationTest.WHOLE.getBytes(StandardCharsets.UTF_8);
  private static final long SEED = 20260301;
  private static final int FLIPS = 300;

  @TempDir Path folder;

  @Test
  void everyTruncationIsToldOrSound() throws IOException {
    int invalid = 0;
    for (int length = 0; length < GOOD.length; length += 7) {
      invalid += look(Arrays.copyOf(GOOD, length), "cut to " + length);
    }
    assertThat(invalid).isGreaterThan(GOOD.length / 14);
  }

  @Test
  void everyFlippedByteIsToldOrSound() throws IOException {
    Random random = new Random(SEED);
    int invalid = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] bytes = GOOD.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      invalid += look(bytes, "seed " + SEED + ", flip " + i + " at " + at);
    }
    assertThat(invalid).isGreaterThan(FLIPS / 4);
  }

  @Test
  void everyLineLeftOutIsToldOrSound() throws IOException {
    List<String> lines = GoodConfigurationTest.WHOLE.lines().toList();
    int invalid = 0;
    for (int out = 0; out < lines.size(); out++) {
      StringBuilder rest = new StringBuilder();
      for (int i = 0; i < lines.size(); i++) {
        rest.append(i == out ? "" : lines.get(i) + "\n");
      }
      invalid += look(rest.toString().getBytes(StandardCharsets.UTF_8), "without line " + out);
    }
    assertThat(invalid).isGreaterThan(5);
  }

  @Test
  void bytesThatAreNoTextAreTold() throws IOException {
    byte[] noise = new byte[4096];
    new Random(SEED).nextBytes(noise);
    assertThat(look(noise, "noise")).isEqualTo(1);
    assertThat(look(new byte[100], "zeros")).isEqualTo(1);
  }

  @Test
  void tellsTheLineOfAByteThatIsNoUtf8() throws IOException {
    byte[] latin = "lockstep: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Trial.problemsOf(new Trial(folder).load(latin)))
        .extracting(ConfigProblem::toString)
        .containsExactly("lockstep.yaml:2:6: the byte 0xe9 is no UTF-8; save the file as UTF-8");
  }

  @Test
  void tellsAFileInUtf16AndReadsItAllTheSame() throws IOException {
    byte[] wide = "\uFEFFlockstep: 2\n".getBytes(StandardCharsets.UTF_16LE);
    assertThat(Trial.problemsOf(new Trial(folder).load(wide)))
        .extracting(ConfigProblem::fault)
        .containsExactly(
            "the file is UTF-16", "this Lockstep reads version 1 of the language, not '2'");
  }

  @Test
  void readsPastAByteOrderMark() throws IOException {
    assertThat(new Trial(folder).load("\uFEFFlockstep: 1\n")).isInstanceOf(Loaded.Valid.class);
  }

  @Test
  void blocksNestedWithoutEndAreTold() throws IOException {
    String deep = "lockstep: 1\nsystems: " + "[".repeat(3000) + "]".repeat(3000) + "\n";
    assertThat(new Trial(folder).problems(deep))
        .extracting(ConfigProblem::fault)
        .contains("blocks are nested too deep");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    List<ConfigProblem> problems = Trial.problemsOf(new Trial(folder).load());
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().fault()).startsWith("there is no file ");
    assertThat(problems.getFirst().line()).isZero();
  }

  @Test
  void aFolderInItsPlaceIsTold() throws IOException {
    Files.createDirectory(folder.resolve(LoadConfiguration.FILE));
    assertThat(Trial.problemsOf(new Trial(folder).load())).hasSize(1);
  }

  @Test
  void aFileTooLargeIsTold() throws IOException {
    assertThat(Trial.problemsOf(new Trial(folder).load(new byte[5 << 20])))
        .extracting(ConfigProblem::fault)
        .containsExactly("the file is larger than 4 MiB");
  }

  /** 1 when it was refused, each problem whole and without a secret. */
  private int look(byte[] bytes, String what) throws IOException {
    List<ConfigProblem> problems = Trial.problemsOf(new Trial(folder).load(bytes));
    assertThat(problems)
        .as(what)
        .allSatisfy(problem -> {
          assertThat(problem.fault()).isNotBlank();
          assertThat(problem.remedy()).isNotBlank();
          assertThat(problem.toString()).doesNotContain(Trial.SECRET).doesNotContain("null");
        });
    return problems.isEmpty() ? 0 : 1;
  }
}
