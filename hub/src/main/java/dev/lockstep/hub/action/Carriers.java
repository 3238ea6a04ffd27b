package dev.lockstep.hub.action;

import dev.lockstep.hub.object.DefinedAction;
import dev.lockstep.hub.object.DefinedAction.Executor;
import dev.lockstep.hub.outgoing.Post;
import java.time.Duration;
import java.time.InstantSource;

/** Who brings events to those outside. */
record Carriers(Carrier webhook, Carrier function, Carrier mail) {

  static Carriers of(Means means, InstantSource clock) {
    Post post = new Post(means.destinations(), Duration.ofSeconds(5), Duration.ofSeconds(30));
    return new Carriers(
        new Webhook(post, clock),
        new FunctionCall(post, means.functions(), means.tokens(), clock),
        new Mail(means.mail()));
  }

  Carrier of(DefinedAction action) {
    return switch (action.executor().orElse(Executor.WEBHOOK)) {
      case FUNCTION -> function;
      case NOTIFICATION -> mail;
      case WEBHOOK -> webhook;
      case ADD_ENTRY, UPDATE_ENTRY -> throw new IllegalStateException("entries are written here");
    };
  }
}
