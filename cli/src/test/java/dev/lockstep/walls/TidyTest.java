package dev.lockstep.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TidyTest {

  @Test
  void theCheckoutIsTidy() throws IOException {
    Tidy.Report report = Tidy.of(checkout());

    assertThat(report.files()).isGreaterThan(50);
    assertThat(report.packages()).isGreaterThan(10);
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void everythingUntidyIsFound(@TempDir Path folder) throws IOException {
    write(folder, "engine/src/main/java/a/Long.java", "\n".repeat(Tidy.MOST_LINES + 1));
    write(folder, "engine/src/main/java/a/StringUtils.java", "class StringUtils {}\n");
    write(folder, "engine/src/main/java/a/Loud.java", "\n  System.out.println();\n");
    write(folder, "notes.md", "good\nblank \n\ttab\nTO" + "DO later\n");
    write(folder, "guide.md", "[here](notes.md#top) [there](https://a.example)\n[gone](gone.md)\n");
    write(folder, "run", "#!/bin/sh\n# FIX" + "ME\n");
    Files.write(folder.resolve("latin.xml"), "\u00e4".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Tidy.of(folder).findings())
        .containsExactlyInAnyOrder(
            "engine/src/main/java/a/Long.java:501 has more than 500 lines; split it by what it does",
            "engine/src/main/java/a/StringUtils.java is named for no thing; name what it is",
            "engine/src/main/java/a/Loud.java:2 writes to the console; only commands do",
            "engine/src/main/java/a has no package-info.java with @NullMarked",
            "notes.md:2 ends with a blank",
            "notes.md:3 has a tab",
            "notes.md:4 has work left over",
            "guide.md:2 links to gone.md, which is not there",
            "run:2 has work left over",
            "latin.xml is not UTF-8");
  }

  @Test
  void whatIsNotOursIsLeftAlone(@TempDir Path folder) throws IOException {
    write(folder, "engine/target/generated/A.java", "\t");
    write(folder, ".build/notes.md", "\t");
    write(folder, "engine/src/test/resources/odd.xml", "\t");
    write(folder, "data.csv", "\t");

    Tidy.Report report = Tidy.of(folder);

    assertThat(report.findings()).isEmpty();
    assertThat(report.files()).isZero();
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
      assertThat(folder).as("a folder above that has the LICENSE").isNotNull();
    }
    return folder;
  }
}
