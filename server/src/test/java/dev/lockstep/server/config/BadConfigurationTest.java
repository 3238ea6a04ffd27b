package dev.lockstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadConfigurationTest {
  @TempDir Path folder;

  static List<BadCase> cases() {
    return BadCase.all();
  }

  @Test
  void thereAreManyCasesAndNoTwoAreNamedAlike() {
    assertThat(cases()).hasSizeGreaterThan(100);
    assertThat(cases()).extracting(BadCase::name).doesNotHaveDuplicates();
    assertThat(cases()).allSatisfy(it -> assertThat(it.expected()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsEveryFaultWithItsPlaceAndRemedyAndNothingElse(BadCase bad) throws IOException {
    List<ConfigProblem> found = new Trial(folder).problems(bad.yaml());
    assertThat(found).allSatisfy(it -> assertThat(it.file()).isEqualTo("lockstep.yaml"));
    assertThat(found)
        .extracting(it -> it.line() + " " + it.path() + " :: " + it.fault() + " :: " + it.remedy())
        .map(line -> line.replace(folder.toString(), "FOLDER"))
        .containsExactlyElementsOf(bad.expected());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void neverShowsWhatCameFromAVariable(BadCase bad) throws IOException {
    assertThat(new Trial(folder).problems(bad.yaml()).toString()).doesNotContain(Trial.SECRET);
  }
}
