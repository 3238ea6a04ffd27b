package dev.lockstep.hub.object;

import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets of actions, which no answer shows (invariant 10). Who sends back what was shown keeps
 * the secret that is there.
 */
final class Secrets {
  /** What is shown in place of a secret. */
  static final String HIDDEN = "********";

  private static final String PARAMETERS = "parameters";
  private static final String SECRET = "secret";

  private Secrets() {}

  /** Hides the secrets of a definition, or of one action, in a copy that is to be shown. */
  static ObjectNode hidden(ObjectNode copy) {
    hide(copy);
    Documents.parts(copy, PartKind.ACTION.list()).forEach(Secrets::hide);
    return copy;
  }

  private static void hide(ObjectNode action) {
    if (action.path(PARAMETERS) instanceof ObjectNode parameters
        && !Documents.text(parameters, SECRET).isEmpty()) {
      parameters.put(SECRET, HIDDEN);
    }
  }

  /** Puts the secret that was there where the sign for it was sent. */
  static void keep(ObjectNode was, ObjectNode action) {
    if (action.path(PARAMETERS) instanceof ObjectNode parameters && isHidden(action)) {
      parameters.put(SECRET, Documents.text(was.path(PARAMETERS), SECRET));
    }
  }

  /** Whether an action has the sign for a secret instead of one. */
  static boolean isHidden(ObjectNode action) {
    return Documents.text(action.path(PARAMETERS), SECRET).equals(HIDDEN);
  }
}
