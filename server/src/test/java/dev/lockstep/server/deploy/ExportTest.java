package dev.lockstep.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.server.admin.LiveAdmin;
import dev.lockstep.server.export.ExportArchive;
import dev.lockstep.server.extension.ZipContent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of examples/liferay-distributors, from one archive into an empty Lockstep, and out of
 * it again; what is deployed from the archive that came out comes out equal, byte for byte.
 */
class ExportTest {
  private static final Path EXAMPLE = Path.of("..", "examples", "liferay-distributors");
  private static final String NETWORK = "deploy: {watch: false}\n  actions: {localNetwork: true}";

  @TempDir private Path folder;

  private static String items(String kind) throws Exception {
    List<String> items = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLE.resolve(kind))) {
      for (Path file : files.sorted().toList()) {
        ObjectNode item = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
        item.put(
            "externalReferenceCode", file.getFileName().toString().replaceFirst("\\.json$", ""));
        items.add(
            item.toString()
                .replace("CRM_URL", "http://127.0.0.1:9")
                .replace("DESK_URL", "http://127.0.0.1:9"));
      }
    }
    return String.join(",", items);
  }

  private Path example() throws Exception {
    return Zip.of("distributors")
        .batch(
            "00-lists",
            "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition",
            "'createStrategy':'UPSERT'",
            items("list-type-definitions"))
        .batch(
            "01-definitions",
            "com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition",
            "'createStrategy':'UPSERT','updateStrategy':'UPDATE'",
            items("object-definitions"))
        .entries(
            "02-applications",
            "DistributorApplication",
            "",
            "{'externalReferenceCode':'EYE_SPY','businessName':'Eye Spy Ltd.',"
                + "'businessTaxIDNumber':'32-4953459','applicantName':'Robert Green',"
                + "'applicantEmailAddress':'robert@eyespyltd.example'}")
        .entries(
            "03-evaluations",
            "ApplicationEvaluation",
            "",
            "{'externalReferenceCode':'E-1','evaluator':'Clara','decision':'approve',"
                + "'r_applicationToEvaluations_c_distributorApplicationERC':'EYE_SPY'}")
        .in(folder.resolve("example.zip"));
  }

  private Path deployedAndExported(Path archive, String name) throws Exception {
    Path home = Files.createDirectory(folder.resolve(name));
    Path exported = folder.resolve(name + ".zip");
    try (Served served = Served.open(home, NETWORK, "")) {
      JsonNode done = served.deployed(archive, "");
      assertThat(done.path("state").stringValue()).as(done.toString()).isEqualTo("done");
      new LiveAdmin(served.lockstep).export(List.of(), "distributors", true, exported);
      Path again = folder.resolve("again.zip");
      new LiveAdmin(served.lockstep)
          .export(
              List.of("TICKET", "DistributorApplication", "applicationevaluations"),
              "distributors",
              true,
              again);
      assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(exported));
    }
    return exported;
  }

  private static String text(Path archive, String path) throws Exception {
    try (ZipContent content = ZipContent.open(archive);
        InputStream in = content.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatWasDeployedComesOutEqual() throws Exception {
    Path first = deployedAndExported(example(), "first");
    Path second = deployedAndExported(first, "second");
    List<String> paths;
    try (ZipContent content = ZipContent.open(first)) {
      paths = List.copyOf(content.paths());
    }
    assertThat(paths)
        .contains(
            "batch/00-list-type-definitions.batch-engine-data.json",
            "batch/01-object-definitions.batch-engine-data.json",
            "batch/02-object-entries-distributorapplications.batch-engine-data.json",
            "batch/03-object-entries-applicationevaluations.batch-engine-data.json",
            "client-extension.yaml",
            "distributors.client-extension-config.json",
            ExportArchive.NOTES);
    for (String path : paths) {
      if (!path.equals(ExportArchive.NOTES)) {
        assertThat(text(second, path)).as(path).isEqualTo(text(first, path));
      }
    }
    assertThat(text(first, ExportArchive.NOTES)).contains("comes without its secret");
    String definitions = text(first, "batch/01-object-definitions.batch-engine-data.json");
    assertThat(definitions).doesNotContain("********", "\"id\":", "dateCreated");
    for (JsonNode item : JsonMapper.shared().readTree(definitions).path("items")) {
      if (item.path("name").stringValue().equals("DistributorApplication")) {
        assertThat(item.path("objectRelationships")).isNotEmpty();
        assertThat(item.path("objectActions")).isNotEmpty();
        assertThat(item.path("objectValidationRules")).isNotEmpty();
        return;
      }
    }
    throw new AssertionError("no definition");
  }
}
