package dev.lockstep.engine.run;

/** How the records come that a sync's first full read brings; reasons end a sentence. */
public sealed interface FirstLoad {

  /**
   * Nobody between source and target looks at them.
   *
   * @param filtered whether the source chooses which of them meet the condition
   */
  record Bytes(boolean filtered) implements FirstLoad {}

  /** Each is decoded, mapped and encoded once on its way. */
  record Decoded(String reason) implements FirstLoad {}

  /** Page by page, in the order in which the source reads them best. */
  record Rows(String reason) implements FirstLoad {}

  /** That cannot be told now. */
  record Unknown(String reason) implements FirstLoad {}

  /** Asks both systems, and changes nothing. */
  static FirstLoad of(Route route) throws InterruptedException {
    return switch (Way.of(route)) {
      case Way.Bytes bytes -> new Bytes(bytes.selection().filter().isPresent());
      case Way.Mapped mapped -> new Decoded(mapped.reason());
      case Way.Rows(String reason) -> new Rows(reason);
    };
  }
}
