package dev.lockstep.benchmarks;

import java.io.IOException;
import java.net.URI;

/** An object of ten fields, and its entries. */
final class AccountObject {
  static final int PER_GROUP = 50;
  static final String FIELDS =
      "externalReferenceCode,name,region,city,street,email,revision,employees,creditLimit,active,since";
  static final String CSV_HEADER = FIELDS + "\n";

  private AccountObject() {}

  /** Defines it under a name. */
  static void define(URI address, String object) throws IOException {
    StringBuilder fields = new StringBuilder();
    for (String name : new String[] {"name", "region", "city", "street", "email"}) {
      fields.append(field(name, "Text", name.equals("region"))).append(',');
    }
    fields.append(field("revision", "Integer", true)).append(',');
    fields.append(field("employees", "LongInteger", false)).append(',');
    fields.append(field("creditLimit", "PrecisionDecimal", false)).append(',');
    fields.append(field("active", "Boolean", false)).append(',');
    fields.append(field("since", "Date", false));
    try (KeptConnection connection = new KeptConnection(address)) {
      connection.send(
          "POST",
          "/o/object-admin/v1.0/object-definitions",
          "{\"name\": \"%1$s\", \"label\": \"%1$s\", \"pluralLabel\": \"%1$ss\",".formatted(object)
              + " \"status\": {\"code\": 0}, \"objectFields\": ["
              + fields
              + "]}");
    }
  }

  private static String field(String name, String type, boolean indexed) {
    return "{\"name\": \"%s\", \"businessType\": \"%s\", \"label\": \"%s\", \"indexed\": %s}"
        .formatted(name, type, name, indexed);
  }

  /** The body of an entry without its code. */
  static String entry(int at, int revision) {
    return "{\"name\":\"Account %d\",\"region\":\"g%d\",\"city\":\"Springfield\",\"street\":\"Main Street %d\",\"email\":\"a%d@example.com\",\"revision\":%d,\"employees\":%d,\"creditLimit\":%d.25,\"active\":true,\"since\":\"2026-01-31\"}"
        .formatted(at, at / PER_GROUP, at, at, revision, at % 1000, at);
  }

  /** The same as a line of CSV. */
  static String csv(int at) {
    return "a%d,Account %d,g%d,Springfield,Main Street %d,a%d@example.com,0,%d,%d.50,true,2020-01-01%n"
        .formatted(at, at, at / PER_GROUP, at, at, at % 1000, at);
  }
}
