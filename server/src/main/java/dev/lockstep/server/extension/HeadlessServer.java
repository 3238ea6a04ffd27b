package dev.lockstep.server.extension;

import java.util.List;

/**
 * A program that an extension declares ({@code oAuthApplicationHeadlessServer}): it calls with
 * tokens of its own.
 *
 * @param code its external reference code, by which its credentials are found
 * @param scopes what its tokens are good for
 */
public record HeadlessServer(String code, String name, List<String> scopes) {
  public static final String TYPE = "oAuthApplicationHeadlessServer";

  public HeadlessServer {
    scopes = List.copyOf(scopes);
  }
}
