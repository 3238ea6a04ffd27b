package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.server.extension.ExtensionProject;
import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.server.extension.FolderContent;
import dev.lockstep.server.extension.PackProject;
import dev.lockstep.server.extension.ZipContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no client extension is refused with the reason, and leads nowhere. */
class BadArchivesTest {
  @TempDir private Path folder;

  private String refusal(Path archive) {
    return String.valueOf(
        catchThrowableOfType(
                ExtensionRefused.class,
                () -> {
                  try (ZipContent content = ZipContent.open(archive)) {
                    ExtensionProject project = ExtensionProject.of(content, "x");
                    Archives.digest(project);
                  }
                })
            .getMessage());
  }

  private String refusal(Zip zip) throws IOException {
    return refusal(zip.in(folder.resolve("bad.zip")));
  }

  @Test
  void namesThatLeadElsewhereAreRefused() throws Exception {
    for (String name :
        new String[] {
          "../evil.json",
          "batch/../../evil.json",
          "/etc/evil",
          "batch\\..\\evil",
          "C:/evil",
          "batch/./evil",
          "batch/e\u0000vil"
        }) {
      assertThat(refusal(Zip.of("x").tickets("1").with(name, "evil")))
          .as(name)
          .contains("leads out of the archive");
    }
  }

  @Test
  void whatUnpacksToFarMoreThanItHasIsRefusedAlsoWhenItLiesAboutItsSize() throws Exception {
    byte[] zeros = new byte[80 << 20];
    Path bomb =
        Zip.of("x").with("batch/1.batch-engine-data.json", zeros).in(folder.resolve("bomb.zip"));
    assertThat(Files.size(bomb)).isLessThan(1 << 20);
    assertThat(refusal(bomb)).contains("unpacks to more than");

    byte[] bytes = Files.readAllBytes(bomb);
    byte[] size = {0, 0, 0, 5};
    for (int i = 0; i + 4 <= bytes.length; i++) {
      // The size stands in the list of contents, the lowest byte first.
      if (Arrays.equals(bytes, i, i + 4, size, 0, 4)) {
        bytes[i + 3] = 0;
        bytes[i] = 9;
      }
    }
    Path liar = folder.resolve("liar.zip");
    Files.write(liar, bytes);
    try (ZipContent content = ZipContent.open(liar)) {
      ExtensionProject project = ExtensionProject.of(content, "x");
      assertThat(catchThrowableOfType(IOException.class, () -> Archives.digest(project)))
          .isNotNull();
    }
  }

  @Test
  void whatIsNoArchiveOrNoExtensionIsToldApart() throws Exception {
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    assertThat(refusal(text)).contains("no whole zip");
    byte[] whole = Files.readAllBytes(Zip.of("x").tickets("1").in(folder.resolve("whole.zip")));
    Path torn = Files.write(folder.resolve("torn.zip"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusal(torn)).contains("no whole zip");
    assertThat(refusal(new Zip().with("a.txt", "a"))).contains("client-extension.yaml");
    assertThat(refusal(Zip.of("x"))).contains("nothing is to be done");
    assertThat(refusal(Zip.of("../x").tickets("1"))).contains("the project's name");
    assertThat(refusal(Zip.of("x").application("../../evil", "a"))).contains("the application's");
    assertThat(refusal(Zip.of("x").with("y.client-extension-config.json", "{")))
        .contains("is no JSON");
  }

  private String project(String yaml) throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectories(project.resolve("batch"));
    Files.writeString(project.resolve("batch/1.batch-engine-data.json"), "{}");
    Files.writeString(project.resolve("client-extension.yaml"), yaml);
    ExtensionRefused refused =
        catchThrowableOfType(
            ExtensionRefused.class,
            () -> PackProject.of(project, "project", folder.resolve("packed.zip")));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void aDescriptionThatSaysNothingOrTooMuchIsRefused() throws Exception {
    assertThat(project("a: [")).contains("is no YAML");
    assertThat(project("- a")).contains("declares nothing");
    assertThat(project("a: {type: batch}\nb: {type: batch}")).contains("2 batch extensions");
    assertThat(project("a: {type: batch, oAuthApplicationHeadlessServer: c}"))
        .contains("names the application 'c'");
    assertThat(project("assemble: [{from: ../..}]\na: {type: theme}"))
        .contains("leads out of the archive");
    assertThat(project("a: {type: themeCSS}")).contains("themeCSS");
    String bomb =
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
            + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            + "d: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n";
    assertThat(project(bomb)).contains("is no YAML");
    assertThat(project("a: !!javax.script.ScriptEngineManager [x]")).contains("is no YAML");
  }

  @Test
  void linksInAFolderAreRefused() throws Exception {
    Path project = Files.createDirectories(folder.resolve("linked"));
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(project.resolve("1.batch-engine-data.json"), secret);
    assertThat(catchThrowableOfType(ExtensionRefused.class, () -> FolderContent.open(project)))
        .hasMessageContaining("is a link");
  }

  @Test
  void anArchiveThatIsRefusedIsToldToWhoSentIt() throws Exception {
    try (Served served = Served.open(folder)) {
      Path bad = Files.writeString(folder.resolve("bad.zip"), "no zip", StandardCharsets.UTF_8);
      assertThat(served.deploy(bad, "").is(400).body()).contains("no whole zip");
      assertThat(served.get("/api/v1/deployments").json().path("items")).isEmpty();
      Path half =
          Zip.of("half")
              .with("batch/1.batch-engine-data.json", "{\"configuration\":{\"className\":")
              .in(folder.resolve("half.zip"));
      assertThat(served.deployed(half, "").path("error").stringValue())
          .contains("batch/1.batch-engine-data.json: line 1");
    }
  }
}
