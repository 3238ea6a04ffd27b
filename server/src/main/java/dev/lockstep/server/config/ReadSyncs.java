package dev.lockstep.server.config;

import dev.lockstep.connector.Setting.Form;
import dev.lockstep.engine.sync.Endpoint;
import dev.lockstep.engine.sync.Retry;
import dev.lockstep.engine.sync.SyncSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code syncs}: each alone, then against each other. */
final class ReadSyncs {
  /**
   * What could be read.
   *
   * @param single the syncs of one dataset
   * @param groups the syncs of whole schemas
   */
  record Read(List<SyncSpec> single, List<SyncGroup> groups) {}

  private final ReadSchedule schedules;
  private final Retry retry;
  private final Systems systems;
  private final Problems problems;

  ReadSyncs(ReadSchedule schedules, Retry retry, Systems systems, Problems problems) {
    this.schedules = schedules;
    this.retry = retry;
    this.systems = systems;
    this.problems = problems;
  }

  Read read(Node.Block block) {
    Where syncs = new Where("syncs", block.place());
    List<SyncDraft> drafts = new ArrayList<>();
    for (Node.Entry entry : block.entries()) {
      Where where = syncs.in(entry.key(), entry.at());
      Names.check(where, entry.key(), "sync", problems);
      new CheckForm(problems)
          .block(where, new Form.Section(Language.SYNC), entry.value())
          .map(keys -> draft(entry.key(), Part.check(where, Language.SYNC, keys, problems)))
          .ifPresent(drafts::add);
    }
    List<SyncSpec> specs = new ArrayList<>();
    List<SyncGroup> groups = new ArrayList<>();
    for (SyncDraft draft : drafts) {
      int before = problems.count();
      new CheckSync(draft, systems, problems).check();
      new CheckGroup(problems).check(draft);
      new CheckTwoWay(problems).check(draft);
      if (!draft.isGroup()) {
        new CheckMapping(systems, problems).check(draft);
      }
      List<SyncSpec> made = problems.count() == before ? draft.specs() : List.of();
      if (draft.isGroup()) {
        made.stream().map(draft::group).forEach(groups::add);
      } else {
        specs.addAll(made);
      }
    }
    List<SyncDraft> directions = new ArrayList<>(drafts);
    drafts.stream().filter(SyncDraft::isTwoWay).map(SyncDraft::turned).forEach(directions::add);
    new CheckTargets(problems).check(directions);
    new CheckCycles(problems).check(directions);
    return new Read(specs, groups);
  }

  private SyncDraft draft(String name, Part part) {
    return new SyncDraft(
        name,
        part,
        endpoint(part, "from"),
        endpoint(part, "to"),
        schedules.of(part),
        new ReadRetry(problems).of(part, retry));
  }

  /** The system's name ends at the first dot; a dataset's may hold dots. */
  private static Optional<Endpoint> endpoint(Part part, String key) {
    return part.values()
        .optionalText(key)
        .map(text -> Endpoint.of(before(text), text.substring(text.indexOf('.') + 1)));
  }

  private static String before(String text) {
    return text.substring(0, text.indexOf('.'));
  }
}
