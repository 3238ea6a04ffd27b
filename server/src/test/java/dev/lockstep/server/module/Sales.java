package dev.lockstep.server.module;

/** A module with two versions of one object, and what becomes of it. */
final class Sales {
  /** The object as it was when v2 came. */
  static final String OBJECTS =
      """
      lockstep: 1
      server: {address: "127.0.0.1:0"}
      hub:
        definitions: true
        objects:
          accounts:
            fields:
              businessName: {type: text(100), required: true}
              firstName: text(50)
              lastName: text(50)
              email: text(100)
              state: {type: text, oneOf: [new, active, blocked, archived], default: new}
              country: text(2)
              address: text(200)
              limit: decimal(12,2)
              opened: timestamp
            unique: [email]
      """;

  /** What clients of v1 knew, when there was but one name. */
  static final String V1 =
      """
            v1:
              deprecated: 2026-01-31
              sunset: 2031-03-01
              objects:
                customers:
                  object: accounts
                  fields:
                    company: businessName
                    name: {join: [firstName, lastName]}
                    email: email
                    status:
                      field: state
                      values: {open: new, active: active, closed: [blocked, archived]}
                    country: {default: DE}
                    kind: {constant: business}
      """;

  static final String V2 =
      """
            v2:
              objects:
                accounts:
                  object: accounts
                  fields:
                    businessName: businessName
                    firstName: firstName
                    lastName: lastName
                    email: email
                    state: state
                    country: country
                    street: {split: address, part: 1, by: ", "}
                    town: {split: address, part: 2, by: ", "}
                    limit: limit
                    opened: opened
      """;

  private static final String MODULE =
      """
        modules:
          sales:
            title: Sales
            versions:
      """;

  static final String BOTH = OBJECTS + MODULE + indented(V1) + indented(V2);

  private Sales() {}

  private static String indented(String version) {
    return version.indent(2);
  }
}
