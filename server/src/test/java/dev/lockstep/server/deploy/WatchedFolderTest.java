package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is put into the folder is deployed, once it is whole. */
class WatchedFolderTest {
  @TempDir private Path folder;

  private static JsonNode listed(Served served) throws Exception {
    return served.get("/api/v1/deployments").is(200).json();
  }

  private static void done(Served served, String name) throws Exception {
    Served.until(
        name,
        () -> {
          for (JsonNode each : listed(served).path("items")) {
            if (each.path("name").stringValue().equals(name)) {
              return each.path("state").stringValue().equals("done");
            }
          }
          return false;
        });
  }

  @Test
  void archivesAndFoldersAreDeployedOnceTheyAreWhole() throws Exception {
    Path deploy = folder.resolve("deploy");
    byte[] whole =
        Files.readAllBytes(Zip.of("definitions").tickets("1").in(folder.resolve("built.zip")));
    try (Served served = Served.open(folder, "", "")) {
      Files.createDirectory(deploy);
      Path archive = deploy.resolve("definitions.zip");
      Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
      Files.writeString(deploy.resolve("link.zip.part"), "of no interest");
      Files.createSymbolicLink(deploy.resolve("link.zip"), folder.resolve("built.zip"));
      Served.until("the link is told", () -> listed(served).path("refused").size() == 1);
      assertThat(listed(served).path("items")).as("half an archive is left alone").isEmpty();
      Files.write(
          archive,
          Arrays.copyOfRange(whole, whole.length / 2, whole.length),
          StandardOpenOption.APPEND);
      done(served, "definitions");
      Files.delete(deploy.resolve("link.zip"));
      Served.until("it is forgotten", () -> listed(served).path("refused").isEmpty());

      Path project = Files.createDirectories(deploy.resolve("entries/data"));
      Files.writeString(
          project.resolve("first.batch-engine-data.json"),
          "{\"configuration\":{\"className\":\"com.liferay.object.rest.dto.v1_0.ObjectEntry\","
              + "\"taskItemDelegateName\":\"C_Ticket\"},\"items\":["
              + "{\"externalReferenceCode\":\"T-1\",\"subject\":\"a\"}]}");
      Files.writeString(
          deploy.resolve("entries/client-extension.yaml"),
          """
          assemble:
              - from: data
                into: batch
                include: "*.json"
          entries:
              oAuthApplicationHeadlessServer: entries-server
              type: batch
          entries-server:
              scopes: [C_Ticket.everything]
              type: oAuthApplicationHeadlessServer
          entries-theme:
              type: themeCSS
          """);
      done(served, "entries");
      assertThat(served.get("/o/c/tickets").json().path("totalCount").longValue()).isEqualTo(1);
      JsonNode deployed = listed(served).path("items").path(0);
      assertThat(deployed.path("notes").toString()).contains("entries-server is not made");
    }
    try (Served served = Served.open(folder, "", "")) {
      Files.copy(folder.resolve("built.zip"), deploy.resolve("same-again.zip"));
      Path other =
          Zip.of("other")
              .entries("1", "Ticket", "", "{'subject':'b'}")
              .in(folder.resolve("other.zip"));
      Files.copy(other, deploy.resolve("z.zip"));
      done(served, "other");
      assertThat(served.get("/api/v1/deployments?all=true").json().path("items"))
          .as("what was done is not done again after a restart")
          .hasSize(3);
    }
  }
}
