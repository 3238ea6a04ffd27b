package dev.lockstep.hub.batch;

import dev.lockstep.hub.access.Access;
import dev.lockstep.hub.batch.ImportParameters.CreateStrategy;
import dev.lockstep.hub.batch.ImportParameters.UpdateStrategy;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an import is asked to do, in the words of its parameters.
 *
 * @param className what the items are; a delegate may follow a {@code #}
 * @param all the parameters by their names
 */
public record Order(String className, Operation operation, Map<String, String> all) {
  /** The class name of entries. */
  public static final String ENTRIES = "com.liferay.object.rest.dto.v1_0.ObjectEntry";

  public static final String DELEGATE = "taskItemDelegateName";
  private static final String DEFAULT = "DEFAULT";
  private static final String FAIL = "ON_ERROR_FAIL";
  private static final int MOST_TEXT = 20_000;
  private static final List<String> SITES =
      List.of("siteId", "siteExternalReferenceCode", "siteKey", "scopeKey");
  private static final List<String> LIBRARIES =
      List.of("assetLibraryId", "assetLibraryExternalReferenceCode", "assetLibraryKey");

  public Order {
    int hash = className.indexOf('#');
    Map<String, String> parameters = new LinkedHashMap<>(all);
    if (hash >= 0) {
      parameters.putIfAbsent(DELEGATE, className.substring(hash + 1));
      className = className.substring(0, hash);
    }
    all = Collections.unmodifiableMap(parameters);
  }

  /**
   * Checks what can be known without the items.
   *
   * @throws OrderRefused with what is wrong and what to send instead
   */
  void check() {
    one("createStrategy", CreateStrategy.values());
    one("updateStrategy", UpdateStrategy.values());
    mapping();
    if (SITES.stream().anyMatch(all::containsKey)
        && LIBRARIES.stream().anyMatch(all::containsKey)) {
      throw new OrderRefused(
          "Unsupported combination of scope parameters", "send a site or an asset library");
    }
    int length = all.values().stream().mapToInt(String::length).sum();
    if (length > MOST_TEXT) {
      throw new OrderRefused("the parameters are too long", "send shorter ones");
    }
  }

  private void one(String name, Enum<?>[] values) {
    String sent = all.get(name);
    if (sent != null && Arrays.stream(values).noneMatch(it -> it.name().equals(sent))) {
      throw new OrderRefused(
          words(name) + " \"" + sent + "\" is not supported for " + simpleName(),
          "send one of " + Arrays.toString(values).replaceAll("[\\[\\]]", ""));
    }
  }

  private static String words(String name) {
    return name.equals("createStrategy") ? "Create strategy" : "Update strategy";
  }

  private String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** What tells one kind of items from others: tasks of one kind keep their order. */
  String kind() {
    return className + "#" + delegate();
  }

  public String delegate() {
    String delegate = all.getOrDefault(DELEGATE, "");
    return delegate.isEmpty() ? DEFAULT : delegate;
  }

  boolean onErrorFail() {
    String sent = all.get("importStrategy");
    return sent == null || sent.isEmpty() || sent.equals(FAIL);
  }

  public boolean dryRun() {
    return "true".equals(all.get("dryRun"));
  }

  Optional<String> callback() {
    return Optional.ofNullable(all.get("callbackURL")).filter(it -> !it.isBlank());
  }

  Optional<String> code() {
    return Optional.ofNullable(all.get("externalReferenceCode")).filter(it -> !it.isBlank());
  }

  /** {@code source=target,…}; empty for none. Fields that it does not name are left out. */
  Map<String, String> mapping() {
    String text = all.getOrDefault("fieldNameMapping", "");
    Map<String, String> mapping = new LinkedHashMap<>();
    for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equal = pair.indexOf('=');
      if (equal <= 0 || equal == pair.length() - 1) {
        throw new OrderRefused(
            "fieldNameMapping has '" + pair + "'", "send source1=target1,source2=target2");
      }
      mapping.put(pair.substring(0, equal).strip(), pair.substring(equal + 1).strip());
    }
    return mapping;
  }

  /** Fields that are taken out of every item. */
  Set<String> restricted() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : all.getOrDefault("batchRestrictFields", "").split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  ImportParameters parameters(Access access) {
    Map<String, String> handed = new LinkedHashMap<>(all);
    String code = all.get("batchExternalReferenceCode");
    if (code != null) {
      // What the items belong to; the task's own code means it only where no other is sent.
      handed.put("externalReferenceCode", code);
    }
    return new ImportParameters(
        className,
        delegate(),
        operation,
        CreateStrategy.valueOf(all.getOrDefault("createStrategy", CreateStrategy.INSERT.name())),
        UpdateStrategy.valueOf(all.getOrDefault("updateStrategy", UpdateStrategy.UPDATE.name())),
        onErrorFail(),
        dryRun(),
        handed,
        access);
  }
}
