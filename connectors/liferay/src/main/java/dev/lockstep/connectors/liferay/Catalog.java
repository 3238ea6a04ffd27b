package dev.lockstep.connectors.liferay;

import dev.lockstep.connector.ConnectorException;
import dev.lockstep.connector.DatasetId;
import dev.lockstep.connector.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** The objects of the other side. Thread-safe. */
final class Catalog {
  static final String DEFINITIONS = "/o/object-admin/v1.0/object-definitions";
  private static final int PAGE = 100;

  private final Remote remote;
  private final Map<DatasetId, ObjectShape> known = new ConcurrentHashMap<>();

  Catalog(Remote remote) {
    this.remote = remote;
  }

  /** Those that have entries here, as they are now. */
  List<ObjectShape> all() throws InterruptedException {
    List<ObjectShape> found = new ArrayList<>();
    long last = 1;
    for (int page = 1; page <= last; page++) {
      JsonNode answer = remote.get(DEFINITIONS + "?page=" + page + "&pageSize=" + PAGE);
      answer.path("items").forEach(item -> ObjectShape.of(item).ifPresent(found::add));
      last = answer.path("lastPage").longValue(1);
    }
    found.forEach(shape -> known.put(shape.id(), shape));
    return found;
  }

  /** One, as it is now; of an object of sites, that of one site. */
  Optional<ObjectShape> find(DatasetId id) throws InterruptedException {
    int dot = id.name().lastIndexOf('.');
    String path = id.name().substring(dot + 1);
    Optional<ObjectShape> found =
        all().stream()
            .filter(shape -> shape.id().name().equals(path) && shape.ofSites() == dot > 0)
            .findFirst()
            .map(shape -> dot > 0 ? shape.of(id.name().substring(0, dot)) : shape);
    found.ifPresent(shape -> known.put(id, shape));
    return found;
  }

  /** One as it was last found. */
  ObjectShape require(DatasetId id) throws InterruptedException {
    ObjectShape shape = known.get(id);
    if (shape != null && (id.name().indexOf('.') > 0 || !shape.ofSites())) {
      return shape;
    }
    return find(id)
        .orElseThrow(() ->
            new ConnectorException(
                new Failure.Permanent(
                    "there is no published object at /o/c/"
                        + id
                        + "; write one that lockstep discover shows, and for an object of sites"
                        + " SITE."
                        + id)));
  }

  /** The object of a parent by its short name. */
  Optional<ObjectShape> named(String shortName) throws InterruptedException {
    Optional<ObjectShape> found =
        known.values().stream().filter(shape -> shape.isNamed(shortName)).findFirst();
    return found.isPresent()
        ? found
        : all().stream().filter(shape -> shape.isNamed(shortName)).findFirst();
  }
}
