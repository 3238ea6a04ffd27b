package dev.lockstep.server.admin;

import dev.lockstep.engine.Engine;
import dev.lockstep.engine.Finding;
import dev.lockstep.engine.RunRequest;
import dev.lockstep.engine.SyncStatus;
import dev.lockstep.engine.SystemStatus;
import dev.lockstep.engine.delivery.Delivery.Replayed;
import dev.lockstep.engine.delivery.Letter;
import dev.lockstep.engine.run.DryRun;
import dev.lockstep.engine.run.Run;
import dev.lockstep.engine.sync.ConflictPolicy;
import dev.lockstep.engine.twoway.Conflict;
import dev.lockstep.engine.twoway.End;
import dev.lockstep.server.Lockstep;
import dev.lockstep.server.admin.AdminRefused.Reason;
import dev.lockstep.server.deploy.Deployment;
import dev.lockstep.server.deploy.Deployments;
import dev.lockstep.server.extension.ExtensionRefused;
import dev.lockstep.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Lockstep of this process. */
public final class LiveAdmin implements Admin {
  static final int MOST_LISTED = 500;
  private static final int PAGE = 200;

  private final Lockstep lockstep;
  private final Engine engine;
  private final LiveTasks tasks;

  public LiveAdmin(Lockstep lockstep) {
    this.lockstep = lockstep;
    this.engine = lockstep.engine();
    this.tasks = new LiveTasks(lockstep);
  }

  @Override
  public ObjectNode status() throws InterruptedException {
    return Ask.engine(() ->
        StatusJson.status(
            true, shownSystems(), shownSyncs(), tasks.underWay(), deployments(false)));
  }

  @Override
  public ObjectNode systems() throws InterruptedException {
    return Ask.engine(() -> Json.list(shownSystems(), StatusJson::system));
  }

  @Override
  public ObjectNode syncs() throws InterruptedException {
    return Ask.engine(() -> Json.list(shownSyncs(), StatusJson::sync));
  }

  private List<SystemStatus> shownSystems() {
    return engine.systems().stream().filter(it -> lockstep.shows(it.name())).toList();
  }

  private List<SyncStatus> shownSyncs() throws InterruptedException {
    return engine.syncs().stream().filter(it -> lockstep.shows(it.name())).toList();
  }

  @Override
  public ObjectNode sync(String name) throws InterruptedException {
    return Ask.engine(() -> StatusJson.sync(engine.sync(name)));
  }

  @Override
  public ObjectNode datasets(String system) throws InterruptedException {
    return Ask.engine(() -> Json.list(engine.discover(system), DatasetJson::dataset));
  }

  @Override
  public ObjectNode runs(@Nullable String sync, int limit) throws InterruptedException {
    return Ask.engine(() -> {
      List<String> group = sync == null ? List.of() : engine.group(sync);
      if (!group.isEmpty()) {
        return Json.list(runs(group, limit), StatusJson::run);
      }
      known(sync);
      return Json.list(engine.runs(sync, limit), StatusJson::run);
    });
  }

  private List<Run> runs(List<String> group, int limit) throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (String sync : group) {
      runs.addAll(engine.runs(sync, limit));
    }
    return runs.stream().sorted(Comparator.comparing(Run::id).reversed()).limit(limit).toList();
  }

  @Override
  public ObjectNode run(String sync, RunOrder order, Consumer<ObjectNode> progress)
      throws InterruptedException {
    RunRequest request = new RunRequest(order.full(), order.allowDeletes());
    TellProgress told = new TellProgress(progress);
    Run run =
        Ask.engine(() -> {
          GroupRun group = new GroupRun(engine, sync);
          return group.isEmpty() ? engine.run(sync, request, told) : group.run(request, told);
        });
    return StatusJson.run(run);
  }

  @Override
  public ObjectNode dryRun(String sync, Consumer<ObjectNode> difference)
      throws InterruptedException {
    CountDifferences counted = new CountDifferences(difference);
    DryRun.Summary summary =
        Ask.engine(() -> {
          GroupRun group = new GroupRun(engine, sync);
          return group.isEmpty() ? engine.dryRun(sync, counted) : group.dryRun(counted);
        });
    return counted.summary(sync, summary);
  }

  @Override
  public ObjectNode letters(LetterQuery query) throws InterruptedException {
    List<Letter> letters =
        Ask.engine(() -> {
          known(query.sync());
          return engine.letters(
              query.sync(), query.state().orElse(null), query.after(), query.limit());
        });
    return LetterJson.page(query, letters);
  }

  @Override
  public ObjectNode letter(long id) throws InterruptedException {
    return LetterJson.whole(find(id));
  }

  @Override
  public ObjectNode replay(long id) throws InterruptedException {
    Letter letter = find(id);
    if (letter.state() != Letter.State.OPEN) {
      throw new AdminRefused(
          Reason.CONFLICT,
          "letter " + id + " is " + Json.word(letter.state()) + ", and only open ones are replayed",
          "list them with state=open");
    }
    return replay(letter);
  }

  private ObjectNode replay(Letter letter) throws InterruptedException {
    ObjectNode node = Json.object();
    node.put("id", letter.id()).put("sync", letter.sync()).put("key", letter.key());
    switch (Ask.engine(() -> engine.replay(letter))) {
      case Replayed.Taken() -> node.put("replayed", true).put("reason", "");
      case Replayed.Kept(String reason) -> node.put("replayed", false).put("reason", reason);
    }
    return node;
  }

  @Override
  public ObjectNode replayAll(@Nullable String sync) throws InterruptedException {
    Ask.engine(() -> known(sync));
    ArrayNode kept = Json.array();
    long replayed = 0;
    long after = 0;
    List<Letter> letters;
    do {
      long last = after;
      letters = Ask.engine(() -> engine.letters(sync, Letter.State.OPEN, last, PAGE));
      for (Letter letter : letters) {
        after = letter.id();
        ObjectNode outcome = replay(letter);
        if (outcome.get("replayed").booleanValue()) {
          replayed++;
        } else {
          add(kept, outcome);
        }
      }
    } while (letters.size() == PAGE);
    ObjectNode node = Json.object();
    node.put("replayed", replayed);
    node.set("kept", kept);
    return node;
  }

  /** What is kept is listed up to a bound; the rest stays on the list of open letters. */
  private static void add(ArrayNode kept, ObjectNode outcome) {
    if (kept.size() < LetterQuery.MOST) {
      kept.add(outcome);
    }
  }

  @Override
  public ObjectNode discard(long id) throws InterruptedException {
    Letter letter = find(id);
    if (!Ask.engine(() -> engine.discard(letter))) {
      throw new AdminRefused(
          Reason.CONFLICT, "letter " + id + " is not open any more", "nothing is left to do");
    }
    return LetterJson.whole(find(id));
  }

  private Letter find(long id) throws InterruptedException {
    return Ask.found(id, () -> engine.letter(id));
  }

  @Override
  public ObjectNode conflicts(ConflictQuery query) throws InterruptedException {
    return ConflictJson.page(
        query,
        Ask.engine(() ->
            engine
                .twoWay()
                .conflicts()
                .list(query.sync(), query.state().orElse(null), query.after(), query.limit())));
  }

  @Override
  public ObjectNode conflict(long id) throws InterruptedException {
    return ConflictJson.whole(Ask.conflict(id, () -> engine.twoWay().conflicts().find(id)));
  }

  @Override
  public ObjectNode resolve(String sync, String key, End take) throws InterruptedException {
    Conflict held =
        Ask.engine(() -> engine.twoWay().conflicts().held(sync, key))
            .orElseThrow(() ->
                new AdminRefused(
                    Reason.UNKNOWN,
                    "no record " + key + " of " + sync + " is held",
                    "list conflicts with state=held"));
    Ask.engine(() -> {
      engine.twoWay().resolve(held, take);
      return take;
    });
    return conflict(held.id());
  }

  @Override
  public ObjectNode reverse(long id, End take) throws InterruptedException {
    Conflict conflict = Ask.conflict(id, () -> engine.twoWay().conflicts().find(id));
    if (conflict.state() == Conflict.State.HELD) {
      throw new AdminRefused(
          Reason.CONFLICT, "conflict " + id + " is not decided yet", "resolve it");
    }
    Ask.engine(() -> {
      engine.twoWay().reverse(conflict, take);
      return take;
    });
    return conflict(id);
  }

  @Override
  public ObjectNode compare(String sync) throws InterruptedException {
    return ConflictJson.report(sync, Ask.engine(() -> engine.twoWay().compare(sync)));
  }

  @Override
  public ObjectNode makeEqual(String sync, ConflictPolicy different) throws InterruptedException {
    Ask.engine(() -> {
      engine.twoWay().confirm(sync, different);
      return different;
    });
    return Json.object().put("sync", sync).put("requested", true);
  }

  @Override
  public ObjectNode trace(String sync, String key) throws InterruptedException {
    return LetterJson.trace(Ask.engine(() -> engine.trace(sync, key)));
  }

  @Override
  public ObjectNode deployments(boolean all) throws InterruptedException {
    return DeploymentJson.list(
        lockstep.deployments().isEmpty()
            ? new Deployments.Listed(List.of(), List.of())
            : Ask.engine(() -> lockstep.deployments().get().list(all, MOST_LISTED)));
  }

  @Override
  public ObjectNode deploy(Path archive, String name, boolean again) throws InterruptedException {
    Deployments deployments =
        lockstep
            .deployments()
            .orElseThrow(() ->
                new AdminRefused(
                    Reason.CONFLICT,
                    "client extensions are taken where objects are defined over the API",
                    "write hub: {definitions: true}"));
    lockstep.startDeployments();
    try {
      return Json.list(deployments.take(archive, name, again), DeploymentJson::one);
    } catch (ExtensionRefused refused) {
      throw new AdminRefused(Reason.MALFORMED, refused.fault(), refused.remedy());
    } catch (StoreException | IOException broken) {
      throw new AdminRefused(
          Reason.UNAVAILABLE, "the archive cannot be kept: " + broken.getMessage(), "");
    }
  }

  @Override
  public ObjectNode deployment(long id) throws InterruptedException {
    return Ask.engine(() ->
            lockstep.deployments().isEmpty()
                ? Optional.<Deployment>empty()
                : lockstep.deployments().get().find(id))
        .map(DeploymentJson::one)
        .orElseThrow(() ->
            new AdminRefused(
                Reason.UNKNOWN,
                "there is no deployment " + id,
                "list them to see which there are"));
  }

  @Override
  public void export(List<String> objects, String name, boolean entries, Path archive)
      throws InterruptedException {
    ExportObjects.of(lockstep).write(objects, name, entries, archive);
  }

  @Override
  public ObjectNode tasks(TasksQuery query) throws InterruptedException {
    return Ask.engine(() -> tasks.list(query));
  }

  @Override
  public ObjectNode task(long id) throws InterruptedException {
    return Ask.engine(() -> tasks.one(id));
  }

  @Override
  public ObjectNode retryTask(long id) throws InterruptedException {
    return Ask.engine(() -> tasks.retry(id));
  }

  @Override
  public ObjectNode cancelTask(long id) throws InterruptedException {
    return Ask.engine(() -> tasks.cancel(id));
  }

  @Override
  public ObjectNode plan() throws InterruptedException {
    return Ask.engine(() -> PlanJson.plan(engine));
  }

  @Override
  public ObjectNode check() throws InterruptedException {
    CheckJson check = new CheckJson();
    for (Finding finding : Ask.engine(lockstep::check)) {
      check.add(lockstep.located(finding), finding.isError());
    }
    return check.document();
  }

  private boolean known(@Nullable String sync) throws InterruptedException {
    return sync == null || engine.sync(sync).name().equals(sync);
  }

  /** Closes the Lockstep too. */
  @Override
  public void close() {
    lockstep.close();
  }
}
