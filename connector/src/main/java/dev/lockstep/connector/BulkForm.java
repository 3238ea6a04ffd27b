package dev.lockstep.connector;

import java.util.List;

/**
 * A form in which two systems can hand records to each other as bytes that nobody between them
 * reads. Ends that name the same protocol agree on what the types mean; to the engine both are
 * opaque.
 *
 * @param protocol names the form and its version, as {@code postgresql/copy-binary/1}
 * @param types what each field holds, in the protocol's own terms and in the order of the fields
 */
public record BulkForm(String protocol, List<String> types) {
  public BulkForm {
    types = List.copyOf(types);
  }
}
