package dev.lockstep.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @TempDir private Path temporary;

  @Test
  void keepsWhatItsUserChanged() throws IOException {
    DemoFolder first = DemoFolder.open(temporary.resolve("demo"));
    Path file = first.root().resolve("lockstep.yaml");
    Files.writeString(file, "changed\n");

    DemoFolder second = DemoFolder.open(temporary.resolve("demo"));

    assertThat(file).hasContent("changed\n");
    assertThat(second.ports()).isEqualTo(first.ports());
    assertThat(second.secret("crm.key")).isEqualTo(first.secret("crm.key")).hasSize(32);
  }

  @Test
  void namesEveryPortInTheConfiguration() throws IOException {
    DemoFolder folder = DemoFolder.open(temporary.resolve("demo"));

    assertThat(folder.root().resolve("lockstep.yaml"))
        .content()
        .doesNotContain("@")
        .contains("127.0.0.1:" + folder.ports().crm());
  }

  @Test
  void refusesAFolderOfSomebodyElse() throws IOException {
    Files.writeString(temporary.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> DemoFolder.open(temporary))
        .isInstanceOf(DemoRefused.class)
        .hasMessageContaining("is no folder of a demo");
    assertThat(temporary.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void refusesAMarkThatCannotBeRead() throws IOException {
    Files.writeString(temporary.resolve("systems.json"), "{");

    assertThatThrownBy(() -> DemoFolder.open(temporary))
        .isInstanceOf(DemoRefused.class)
        .hasMessageContaining("systems.json");
  }
}
