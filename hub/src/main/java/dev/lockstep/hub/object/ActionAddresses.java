package dev.lockstep.hub.object;

import dev.lockstep.connector.Problem;
import dev.lockstep.hub.outgoing.AddressRefused;
import dev.lockstep.hub.outgoing.Destinations;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks up the addresses of actions that are sent, before anything is locked: names may take long
 * to be found.
 */
record ActionAddresses(Destinations destinations) {

  /** The actions of a definition, or the one action itself. */
  void refuse(ObjectNode body) {
    List<Problem> problems = new ArrayList<>();
    List<ObjectNode> actions = Documents.parts(body, PartKind.ACTION.list());
    for (int i = 0; i < actions.size(); i++) {
      look(actions.get(i), PartKind.ACTION.list() + "[" + i + "].", problems);
    }
    look(body, "", problems);
    if (!problems.isEmpty()) {
      throw new ModelRefused(ModelRefused.Kind.INVALID, problems);
    }
  }

  private void look(ObjectNode action, String place, List<Problem> problems) {
    String url = Documents.text(action.path("parameters"), "url");
    if (url.isEmpty()) {
      return;
    }
    try {
      destinations.resolve(Destinations.parse(url));
    } catch (AddressRefused refused) {
      problems.add(new Problem(place + "parameters.url", refused.text(), refused.remedy()));
    } catch (UnknownHostException notYet) {
      // It may be there when it is called; the delivery log tells when it is not.
    }
  }
}
