package dev.lockstep.server.extension;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an archive in the form that Liferay's workspace builds. What is written says all that is
 * in it: no moments and no numbers of a machine, so that the same content makes the same bytes.
 */
public final class ArchiveWriter implements AutoCloseable {
  private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final String SERVER =
      "com.liferay.oauth2.provider.configuration.OAuth2ProviderApplicationHeadlessServer"
          + "Configuration~";

  private final ZipOutputStream zip;
  private final JsonMapper mapper = JsonMapper.builder().build();

  public ArchiveWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /** Writes the content of one file. */
  public interface Body {
    void write(OutputStream out) throws IOException;
  }

  /** Writes all of a project: what describes it, and its files. */
  public void write(ExtensionProject project) throws IOException {
    describe(project.extension());
    for (String path : project.extension().files()) {
      add(
          path,
          out -> {
            try (InputStream in = project.open(path)) {
              in.transferTo(out);
            }
          });
    }
  }

  /** Writes what describes a project. */
  public void describe(Extension extension) throws IOException {
    String id = extension.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (!extension.applications().isEmpty()) {
      ObjectNode config = JsonNodeFactory.instance.objectNode();
      extension
          .applications()
          .forEach(it -> application(config.putObject(SERVER + it.code()), it, extension, id));
      json(extension.name() + ".client-extension-config.json", config);
      json("LCP.json", job(extension, id));
    }
    add(
        "Dockerfile",
        text(
            "FROM liferay/batch:latest\n\nCOPY --chown=liferay:liferay /batch /opt/liferay/batch\n"));
    add(
        "WEB-INF/liferay-plugin-package.properties",
        text(
            "Bundle-SymbolicName=%s\nLiferay-Client-Extension-Batch=batch/\nmodule-group-id=liferay\nname=%s\n"
                .formatted(id, extension.name())));
    add(ProjectFile.NAME, text(yaml(extension)));
  }

  private static void application(
      ObjectNode node, HeadlessServer application, Extension extension, String id) {
    node.put(".serviceAddress", "localhost:8080").put(".serviceScheme", "http");
    node.put(":configurator:policy", "force");
    node.put("baseURL", "${portalURL}/o/" + extension.name()).put("description", "");
    node.put("dxp.lxc.liferay.com.virtualInstanceId", "default");
    node.put("homePageURL", "$[conf:.serviceScheme]://$[conf:.serviceAddress]");
    node.put("name", application.name());
    node.put("projectId", id).put("projectName", extension.name());
    node.putArray("properties");
    application.scopes().forEach(node.putArray("scopes")::add);
    node.put("sourceCodeURL", "").put("type", HeadlessServer.TYPE);
    node.putArray("typeSettings")
        .add(".serviceAddress=localhost:8080")
        .add(".serviceScheme=http")
        .add("scopes=" + String.join("\n", application.scopes()));
    node.put("webContextPath", "/" + extension.name());
  }

  private static ObjectNode job(Extension extension, String id) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("cpu", 0.2);
    job.putObject("env")
        .put("LIFERAY_BATCH_OAUTH_APP_ERC", extension.applications().getFirst().code())
        .put("LIFERAY_ROUTES_CLIENT_EXTENSION", "/etc/liferay/lxc/ext-init-metadata")
        .put("LIFERAY_ROUTES_DXP", "/etc/liferay/lxc/dxp-metadata");
    job.putObject("environments").putObject("infra").put("deploy", false);
    return job.put("id", id).put("kind", "Job").put("memory", 300).put("scale", 1);
  }

  private static String yaml(Extension extension) {
    StringBuilder yaml = new StringBuilder("assemble:\n    - from: batch\n      into: batch\n");
    if (extension.applications().isEmpty()) {
      return yaml.toString();
    }
    String first = extension.applications().getFirst().code();
    yaml.append(quoted(extension.name())).append(":\n");
    yaml.append("    name: ").append(quoted(extension.name())).append('\n');
    yaml.append("    ").append(HeadlessServer.TYPE).append(": ").append(quoted(first));
    yaml.append("\n    type: batch\n");
    for (HeadlessServer each : extension.applications()) {
      yaml.append(quoted(each.code())).append(":\n");
      yaml.append("    .serviceAddress: localhost:8080\n    .serviceScheme: http\n");
      yaml.append("    name: ").append(quoted(each.name())).append("\n    scopes:\n");
      each.scopes().forEach(it -> yaml.append("        - ").append(quoted(it)).append('\n'));
      yaml.append("    type: ").append(HeadlessServer.TYPE).append('\n');
    }
    return yaml.toString();
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9._-]*")
        ? text
        : JsonNodeFactory.instance.stringNode(text).toString();
  }

  private void json(String path, ObjectNode document) throws IOException {
    add(path, text(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n"));
  }

  private static Body text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes one file. */
  public void add(String path, Body body) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(ALWAYS);
    zip.putNextEntry(entry);
    body.write(new Kept(zip));
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Bodies may close what they write to; the archive goes on. */
  private static final class Kept extends java.io.FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
