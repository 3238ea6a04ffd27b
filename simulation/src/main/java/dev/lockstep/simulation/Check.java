package dev.lockstep.simulation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares, after the last process has ended, every record of every system with its source. */
final class Check {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String ITEMS = "items";

  private final World world;
  private final Instance last;
  private final List<String> acknowledged;
  private final Tally tally;

  Check(World world, Instance last, List<String> acknowledged, Tally tally) {
    this.world = world;
    this.last = last;
    this.acknowledged = acknowledged;
    this.tally = tally;
  }

  void check() throws SQLException {
    last.said(Line.Kind.UNSETTLED).forEach(after -> tally.lost("not settled " + after));
    HubHistory history = new HubHistory(last.said(Line.Kind.CHANGE));
    history.checkAcknowledged(acknowledged, tally);
    accounts();
    items();
    history.compareWithLog(world.books().log(), tally);
    counts(history);
  }

  private void accounts() throws SQLException {
    Records hub = Records.ofJson(last.said(Line.Kind.ENTRY));
    hub.compareWith(world.books().accounts(), "books.accounts", tally);
    hub.compareWith(crm(Accounts.OBJECT), "crm.accounts", tally);
    Revision.checkOrder(
        world.books().written(Accounts.OBJECT),
        "books.accounts",
        Revision.Repeats.DUPLICATES,
        tally);
    Revision.checkOrder(given(Accounts.OBJECT), "crm.accounts", Revision.Repeats.ALLOWED, tally);
  }

  private void items() throws SQLException {
    Records erp = world.erp().records();
    erp.compareWith(world.books().items(), "books.items", tally);
    erp.compareWith(crm(ITEMS).only(erp), "crm.items", tally);
    Revision.checkOrder(
        world.books().written(ITEMS), "books.items", Revision.Repeats.DUPLICATES, tally);
    Revision.checkOrder(given(ITEMS), "crm.items", Revision.Repeats.ALLOWED, tally);
  }

  private Records crm(String collection) {
    return Records.ofJson(world.crm().collection(collection).contents().values());
  }

  /** Every state that records of the CRM were ever given; deletions are left out. */
  private List<Revision> given(String collection) {
    List<Revision> given = new ArrayList<>();
    for (String key : world.crm().collection(collection).keys()) {
      for (String state : world.crm().collection(collection).history(key)) {
        if (state.startsWith("{")) {
          JsonNode json = MAPPER.readTree(state);
          given.add(new Revision(key, json.path("rev").asLong()));
        }
      }
    }
    return given;
  }

  /** Invariant 5: what was captured is what the hub changed, and all of it came to something. */
  private void counts(HubHistory history) {
    SortedMap<String, Standing> syncs = new TreeMap<>();
    for (String text : last.said(Line.Kind.ENDED)) {
      Standing standing = Standing.parse(text);
      syncs.put(standing.sync(), standing);
      standing.checkBalanced("at the end", tally);
      standing.check("waiting", 0, tally);
    }
    for (Map.Entry<String, Standing> sync : syncs.entrySet()) {
      count(sync.getKey(), sync.getValue(), history);
    }
    if (syncs.size() != Configured.SYNCS) {
      tally.unbalanced("the last process told of " + syncs.keySet());
    }
  }

  private void count(String name, Standing standing, HubHistory history) {
    boolean scheduled = name.startsWith(ITEMS);
    if (!scheduled) {
      standing.check("captured", history.followedCount() + standing.count("read"), tally);
    }
    if (name.equals(Configured.LOG)) {
      standing.check("applied", history.followedUpserts().size(), tally);
      standing.check("filtered", history.deletes(), tally);
    }
    standing.check("dead", 0, tally);
  }
}
