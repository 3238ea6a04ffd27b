package dev.lockstep.simulation.schema;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a simulation came to.
 *
 * @param torn looks at the target that showed a transaction in part
 * @param setBack looks that showed the target as it had been before
 */
record SchemaReport(
    Course course, Findings findings, Totals totals, long looks, long torn, long setBack) {

  /**
   * What the load did.
   *
   * @param large transactions of very many rows
   * @param refused by the source itself: deadlocks, keys that were taken
   */
  record Totals(long rows, long transactions, long large, long refused) {}

  boolean isClean() {
    return findings.isClean() && looks > 0 && torn == 0 && setBack == 0;
  }

  String json() {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("name", "schema").put("clean", isClean());
    List<Compared> tables = findings.tables();
    json.put("tables", tables.size());
    json.put("tablesEqual", tables.stream().filter(Compared::isEqual).count());
    json.put("rows", tables.stream().mapToLong(Compared::rows).sum());
    json.put("lost", tables.stream().mapToLong(Compared::lost).sum());
    json.put("duplicates", tables.stream().mapToLong(Compared::extra).sum());
    json.put("different", tables.stream().mapToLong(Compared::different).sum());
    json.put("torn", torn).put("setBack", setBack).put("looks", looks);
    ObjectNode kills = json.putObject("kills");
    findings
        .kills()
        .forEach((victim, count) -> kills.put(victim.name().toLowerCase(Locale.ROOT), count));
    json.put("transactions", totals.transactions()).put("rowsChanged", totals.rows());
    json.put("largeTransactions", totals.large()).put("refusedBySource", totals.refused());
    json.put("recoveryP50Ms", recovery(50)).put("recoveryMaxMs", recovery(100));
    json.put("controls", findings.controls()).put("controlsCaught", findings.allCaught());
    ObjectNode unequal = json.putObject("unequal");
    tables.stream()
        .filter(table -> !table.isEqual())
        .forEach(table -> unequal.put(table.table(), table.toString()));
    findings.faults().forEach(json.putArray("faults")::add);
    json.put("seconds", course.lasts().toSeconds()).put("version", course.version());
    return json.put("seed", course.seed()).toString();
  }

  /** The nearest rank; none when no recovery was seen. */
  private @Nullable Long recovery(int percent) {
    List<Duration> sorted = findings.recoveries();
    int rank = (sorted.size() * percent + 99) / 100;
    return rank == 0 ? null : sorted.get(rank - 1).toMillis();
  }
}
