package dev.lockstep.server.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive as a build makes it, file by file. In JSON, ' stands for ". */
final class Zip {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  static Zip of(String project) {
    return new Zip()
        .with(
            "WEB-INF/liferay-plugin-package.properties",
            "Bundle-SymbolicName=x\nLiferay-Client-Extension-Batch=batch/\nname=" + project + "\n");
  }

  Zip with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  Zip with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** A batch file. */
  Zip batch(String name, String className, String parameters, String items) {
    return batch(name, className, "DEFAULT", parameters, items);
  }

  private Zip batch(
      String name, String className, String delegate, String parameters, String items) {
    return with(
        "batch/" + name + ".batch-engine-data.json",
        ("{'configuration':{'className':'%s','parameters':{%s},'taskItemDelegateName':'%s'},"
                + "'items':[%s]}")
            .formatted(className, parameters, delegate, items)
            .replace('\'', '"'));
  }

  /** Entries of an object. */
  Zip entries(String name, String object, String parameters, String items) {
    return batch(
        name,
        "com.liferay.object.rest.dto.v1_0.ObjectEntry",
        "C_" + object,
        "'createStrategy':'UPSERT'" + parameters,
        items);
  }

  /** Entries that are inserted. */
  Zip inserts(String name, String object, String items) {
    return batch(name, "com.liferay.object.rest.dto.v1_0.ObjectEntry", "C_" + object, "", items);
  }

  /** The definition of tickets with a subject and a number. */
  Zip tickets(String name) {
    return batch(
        name,
        "com.liferay.object.admin.rest.dto.v1_0.ObjectDefinition",
        "'createStrategy':'UPSERT','updateStrategy':'UPDATE'",
        "{'externalReferenceCode':'TICKET','name':'Ticket','label':{'en_US':'Ticket'},"
            + "'pluralLabel':{'en_US':'Tickets'},'scope':'company','status':{'code':0},"
            + "'objectFields':[{'name':'subject','label':{'en_US':'Subject'},"
            + "'businessType':'Text','DBType':'String','required':true},"
            + "{'name':'number','label':{'en_US':'Number'},'businessType':'Integer',"
            + "'DBType':'Integer'}]}");
  }

  /** The application that may call with these scopes. */
  Zip application(String code, String... scopes) {
    StringBuilder listed = new StringBuilder();
    for (String scope : scopes) {
      listed.append(listed.isEmpty() ? "" : ",").append("'").append(scope).append("'");
    }
    return with(
        "x.client-extension-config.json",
        ("{'com.liferay.oauth2.provider.configuration."
                + "OAuth2ProviderApplicationHeadlessServerConfiguration~%s':{'name':'%s',"
                + "'type':'oAuthApplicationHeadlessServer','scopes':[%s]}}")
            .formatted(code, code, listed)
            .replace('\'', '"'));
  }

  Path in(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }
}
