package dev.lockstep.cli;

import dev.lockstep.connector.Secret;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.admin.Admin;
import dev.lockstep.server.admin.ConflictQuery;
import dev.lockstep.server.admin.LetterQuery;
import dev.lockstep.server.admin.RunOrder;
import dev.lockstep.server.admin.TasksQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A Lockstep that runs in another process, asked through its API. */
final class RemoteAdmin implements Admin {
  private final ApiClient client;

  RemoteAdmin(URI address, Optional<Secret> token) {
    this.client = new ApiClient(address, token);
  }

  @Override
  public ObjectNode status() throws InterruptedException {
    return client.get("/status");
  }

  @Override
  public ObjectNode systems() throws InterruptedException {
    return client.get("/systems");
  }

  @Override
  public ObjectNode syncs() throws InterruptedException {
    return client.get("/syncs");
  }

  @Override
  public ObjectNode sync(String name) throws InterruptedException {
    return client.get("/syncs/" + encoded(name));
  }

  @Override
  public ObjectNode datasets(String system) throws InterruptedException {
    return client.get("/systems/" + encoded(system) + "/datasets");
  }

  @Override
  public ObjectNode runs(@Nullable String sync, int limit) throws InterruptedException {
    String of = sync == null ? "" : "/syncs/" + encoded(sync);
    return client.get(of + "/runs?limit=" + limit);
  }

  @Override
  public ObjectNode run(String sync, RunOrder order, Consumer<ObjectNode> progress)
      throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("full", order.full()).put("allowDeletes", order.allowDeletes());
    return client.stream(runs(sync), body, "progress", progress, "run");
  }

  @Override
  public ObjectNode dryRun(String sync, Consumer<ObjectNode> difference)
      throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("dryRun", true);
    return client.stream(runs(sync), body, "difference", difference, "summary");
  }

  private static String runs(String sync) {
    return "/syncs/" + encoded(sync) + "/runs";
  }

  @Override
  public ObjectNode letters(LetterQuery query) throws InterruptedException {
    StringBuilder path = new StringBuilder("/letters?after=").append(query.after());
    path.append("&limit=").append(query.limit());
    if (query.sync() != null) {
      path.append("&sync=").append(encoded(query.sync()));
    }
    query
        .state()
        .ifPresent(state -> path.append("&state=").append(state.name().toLowerCase(Locale.ROOT)));
    return client.get(path.toString());
  }

  @Override
  public ObjectNode letter(long id) throws InterruptedException {
    return client.get("/letters/" + id);
  }

  @Override
  public ObjectNode replay(long id) throws InterruptedException {
    return client.post("/letters/" + id + "/replay");
  }

  @Override
  public ObjectNode replayAll(@Nullable String sync) throws InterruptedException {
    return client.post("/letters/replay" + (sync == null ? "" : "?sync=" + encoded(sync)));
  }

  @Override
  public ObjectNode discard(long id) throws InterruptedException {
    return client.post("/letters/" + id + "/discard");
  }

  @Override
  public ObjectNode conflicts(ConflictQuery query) throws InterruptedException {
    StringBuilder path = new StringBuilder("/conflicts?after=").append(query.after());
    path.append("&limit=").append(query.limit());
    if (query.sync() != null) {
      path.append("&sync=").append(encoded(query.sync()));
    }
    query.state().ifPresent(state -> path.append("&state=").append(word(state)));
    return client.get(path.toString());
  }

  @Override
  public ObjectNode conflict(long id) throws InterruptedException {
    return client.get("/conflicts/" + id);
  }

  @Override
  public ObjectNode resolve(String sync, String key, End take) throws InterruptedException {
    return client.post(
        "/syncs/" + encoded(sync) + "/conflicts/" + encoded(key) + "?take=" + take.word());
  }

  @Override
  public ObjectNode reverse(long id, End take) throws InterruptedException {
    return client.post("/conflicts/" + id + "/reverse?take=" + take.word());
  }

  @Override
  public ObjectNode compare(String sync) throws InterruptedException {
    return client.get("/syncs/" + encoded(sync) + "/first");
  }

  @Override
  public ObjectNode makeEqual(String sync, ConflictPolicy different) throws InterruptedException {
    return client.post("/syncs/" + encoded(sync) + "/first?different=" + word(different));
  }

  private static String word(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ObjectNode trace(String sync, String key) throws InterruptedException {
    return client.get("/syncs/" + encoded(sync) + "/trace/" + encoded(key));
  }

  @Override
  public ObjectNode plan() throws InterruptedException {
    return client.get("/plan");
  }

  @Override
  public ObjectNode check() throws InterruptedException {
    return client.post("/check");
  }

  @Override
  public ObjectNode deployments(boolean all) throws InterruptedException {
    return client.get("/deployments?all=" + all);
  }

  @Override
  public ObjectNode deploy(Path archive, String name, boolean again) throws InterruptedException {
    return client.send("/deployments?name=" + encoded(name) + "&again=" + again, archive);
  }

  @Override
  public ObjectNode deployment(long id) throws InterruptedException {
    return client.get("/deployments/" + id);
  }

  @Override
  public void export(List<String> objects, String name, boolean entries, Path archive)
      throws InterruptedException {
    String named = objects.isEmpty() ? "*" : String.join(",", objects);
    client.fetch(
        "/export?objects=" + encoded(named) + "&name=" + encoded(name) + "&entries=" + entries,
        archive);
  }

  @Override
  public ObjectNode tasks(TasksQuery query) throws InterruptedException {
    String state = query.state().map(it -> "&state=" + word(it)).orElse("");
    return client.get(
        "/tasks?after="
            + query.after()
            + "&limit="
            + query.limit()
            + "&failures="
            + query.failures()
            + state);
  }

  @Override
  public ObjectNode task(long id) throws InterruptedException {
    return client.get("/tasks/" + id);
  }

  @Override
  public ObjectNode retryTask(long id) throws InterruptedException {
    return client.post("/tasks/" + id + "/retry");
  }

  @Override
  public ObjectNode cancelTask(long id) throws InterruptedException {
    return client.post("/tasks/" + id + "/cancel");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    client.close();
  }
}
