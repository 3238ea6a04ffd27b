package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Schema;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An object as it was found: where its entries are, and what they hold.
 *
 * @param name its short name, as {@code Ticket}
 * @param code the external reference code of its definition
 * @param address where its entries are, as {@code /o/c/tickets}, with the scope where they belong
 *     to a site
 * @param dataset what can be written
 * @param rows that and what only the other side sets: {@code id}, {@code dateCreated}, {@code
 *     dateModified}
 */
record ObjectShape(
    String name,
    String code,
    String address,
    boolean ofSites,
    List<Column> columns,
    Dataset dataset,
    Schema rows) {
  static final String KEY = "externalReferenceCode";
  static final String ID = "id";
  static final String CREATED = "dateCreated";
  static final String MODIFIED = "dateModified";
  private static final String ENTRIES = "/o/c/";

  /** Reads a definition; empty for one that has no entries here: a draft, or one of the system. */
  static Optional<ObjectShape> of(JsonNode definition) {
    String name = definition.path("name").asString("").replaceFirst("^C_", "");
    String path = definition.path("restContextPath").asString("");
    boolean published =
        definition.path("status").path("code").intValue(0) == 0
            && definition.path("active").booleanValue(true);
    if (name.isEmpty() || !path.startsWith(ENTRIES) || !published) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    for (JsonNode field : definition.path("objectFields")) {
      Column.of(field).ifPresent(columns::add);
    }
    return Optional.of(
        of(
            name,
            definition.path("externalReferenceCode").asString(""),
            path.substring(ENTRIES.length()),
            definition.path("scope").asString("").equals("site"),
            columns));
  }

  private static ObjectShape of(
      String name, String code, String path, boolean ofSites, List<Column> columns) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(KEY, new Type.Text(255), false));
    columns.forEach(column -> fields.add(column.field()));
    Dataset dataset = new Dataset(new DatasetId(path), new Schema(fields), List.of(KEY), false);
    fields.add(new Field(ID, new Type.Int(), false));
    fields.add(new Field(CREATED, new Type.Timestamp(), false));
    fields.add(new Field(MODIFIED, new Type.Timestamp(), false));
    return new ObjectShape(
        name, code, ENTRIES + path, ofSites, List.copyOf(columns), dataset, new Schema(fields));
  }

  DatasetId id() {
    return dataset.id();
  }

  /** The same for the entries of one site, as the dataset {@code SITE.objects}. */
  ObjectShape of(String site) {
    DatasetId id = new DatasetId(site + "." + id().name());
    return new ObjectShape(
        name,
        code,
        address + "/scopes/" + Remote.encode(site),
        ofSites,
        columns,
        new Dataset(id, dataset.schema(), dataset.key(), false),
        rows);
  }

  /** Where the entry with a code is. */
  String entry(String erc) {
    return address + "/by-external-reference-code/" + Remote.encode(erc);
  }

  /** Whether it has the short name, whatever the case of its first letter. */
  boolean isNamed(String shortName) {
    return name.length() == shortName.length()
        && name.substring(1).equals(shortName.substring(1))
        && name.substring(0, 1).equalsIgnoreCase(shortName.substring(0, 1));
  }
}
