package dev.lockstep.hub.batch.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("content.zip"), bytes);
  }

  @Test
  void theOneContentIsFound() throws IOException {
    Packed packed =
        Packed.of(
            file(
                Contents.zip(
                    "__MACOSX/x.json", "", "b/1.batch-engine-data.json", "{}", "r.md", "")));
    assertThat(packed.type()).isEqualTo(ContentType.JSONT);
    assertThat(packed.name()).isEqualTo("b/1.batch-engine-data.json");
    try (InputStream in = packed.open()) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{}");
    }
  }

  @Test
  void anArchiveThatIsNotClearOrHostileIsRefused() throws IOException {
    refused(Contents.zip("a.json", "[]", "b.csv", "a"), "several contents: 'a.json', 'b.csv'");
    refused(Contents.zip("a.txt", ""), "only 'a.txt'");
    refused(Contents.zip("../a.json", "[]"), "leads outside");
    refused(Contents.zip("/etc/a.json", "[]"), "leads outside");
    refused(Contents.zip("b\\..\\a.json", "[]"), "leads outside");
    refused(new byte[] {1, 2, 3}, "only a part");
    byte[] whole = Contents.zip("a.json", "[]");
    refused(Arrays.copyOf(whole, whole.length - 10), "only a part");
  }

  private void refused(byte[] archive, String why) throws IOException {
    Path file = file(archive);
    assertThatThrownBy(() -> Packed.of(file))
        .isInstanceOf(ContentDamaged.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatUnpacksOutOfProportionIsNotUnpackedToItsEnd() throws IOException {
    Path file = folder.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    Arrays.fill(zeros, (byte) ' ');
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      zip.putNextEntry(new ZipEntry("a.json"));
      for (int i = 0; i < 128; i++) {
        zip.write(zeros);
      }
    }
    Packed packed = Packed.of(file);
    assertThatThrownBy(() -> Formats.read(packed.type(), packed.open(), java.util.Map.of()).next())
        .isInstanceOf(ContentDamaged.class)
        .hasMessageContaining("unpacks to more than 300 times its size");
  }
}
