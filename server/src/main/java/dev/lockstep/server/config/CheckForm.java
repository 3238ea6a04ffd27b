package dev.lockstep.server.config;

import dev.lockstep.connector.Secret;
import dev.lockstep.connector.Setting;
import dev.lockstep.connector.Setting.Form;
import dev.lockstep.connector.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks nodes against the forms of settings, and makes values of those that fit. Goes on after
 * every fault; {@link #isSound} tells whether there was one, known before or not.
 */
final class CheckForm {
  private final Problems problems;
  private boolean sound = true;

  CheckForm(Problems problems) {
    this.problems = problems;
  }

  /** Whether everything checked so far has its value. */
  boolean isSound() {
    return sound;
  }

  /** The settings of a block that fit, with defaults filled in. */
  Settings section(Where where, List<Setting> settings, Node.Block block) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Optional<Node.Entry> entry = block.entry(setting.name());
      if (entry.isPresent()) {
        Where at = where.in(setting.name(), entry.get().at());
        if (setting.required()
            && entry.get().value() instanceof Node.Scalar scalar
            && scalar.isNothing()) {
          fault(at, "the key has no value", "write " + Forms.line(setting));
          continue;
        }
        value(at, setting.form(), entry.get().value())
            .ifPresent(value -> values.put(setting.name(), value));
      } else if (setting.required()) {
        missing(where, setting, block);
      } else if (setting.fallback().isPresent()) {
        values.put(setting.name(), fallback(where, setting));
      }
    }
    unknownKeys(where, settings.stream().map(Setting::name).toList(), block);
    return new Settings(values);
  }

  /** Tells every key of a block that is not one of these names. */
  void unknownKeys(Where where, List<String> names, Node.Block block) {
    for (Node.Entry entry : block.entries()) {
      if (!names.contains(entry.key())) {
        fault(
            where.in(entry.key(), entry.at()),
            "there is no key '" + entry.key() + "' here",
            entry.key().equals("<<")
                ? "write the keys themselves: merging is not read in a configuration"
                : NearestName.remedy(entry.key(), names));
      }
    }
  }

  private void missing(Where where, Setting setting, Node.Block block) {
    sound = false;
    if (block.complete()) {
      problems.add(
          where.missing(setting.name()),
          "the key '" + setting.name() + "' is missing",
          "write " + Forms.line(setting));
    }
  }

  private static Object fallback(Where where, Setting setting) {
    Node node =
        new Node.Scalar(
            where.place(), setting.fallback().orElseThrow(), false, Node.Scalar.Origin.FILE);
    Problems own = new Problems("");
    return new CheckForm(own)
        .value(where.missing(setting.name()), setting.form(), node)
        .orElseThrow(() ->
            new IllegalStateException(
                "the default of the setting '" + setting.name() + "' has not its form"));
  }

  /** The value of a node that fits a form. */
  Optional<Object> value(Where where, Form form, Node node) {
    return switch (form) {
      case Form.Either(Form one, Form other) -> either(where, one, other, node);
      case Form.ListOf(Form element) -> list(where, element, node);
      case Form.Section(List<Setting> settings) ->
          block(where, form, node).map(block -> section(where, settings, block));
      case Form.Named(Form value) ->
          block(where, form, node).map(names -> named(where, value, names));
      case Form.Text _,
          Form.Hidden _,
          Form.Whole _,
          Form.Flag _,
          Form.Period _,
          Form.Choice _,
          Form.Pattern _ ->
          single(where, form, node);
    };
  }

  private Optional<Object> single(Where where, Form form, Node node) {
    if (!(node instanceof Node.Scalar scalar) || scalar.isNothing()) {
      misshapen(where, form, node);
      return Optional.empty();
    }
    if (scalar.isUnknown()) {
      sound = false;
      return Optional.empty();
    }
    String text = scalar.text();
    Where at = where.at(scalar.place());
    return switch (form) {
      case Form.Text() -> Optional.of(text);
      case Form.Hidden() -> {
        problems.hide(text);
        yield Optional.of(new Secret(text));
      }
      case Form.Whole(long min, long max) -> whole(at, form, scalar, min, max);
      case Form.Flag() ->
          text.equals("true") || text.equals("false")
              ? Optional.of(Boolean.valueOf(text))
              : unfit(at, scalar.shown() + " is neither true nor false", form);
      case Form.Period() ->
          Periods.parse(text)
              .<Object>map(period -> period)
              .or(() -> unfit(at, scalar.shown() + " is no duration", form));
      case Form.Choice(List<String> words) ->
          words.contains(text) ? Optional.of(text) : unfitWord(at, words, scalar);
      case Form.Pattern(String regex, String example) ->
          text.matches(regex)
              ? Optional.of(text)
              // What was meant for an address may hold a password, so it is not repeated.
              : unfit(at, "the value does not look like " + example, form);
      case Form.Either _, Form.ListOf _, Form.Section _, Form.Named _ ->
          throw new IllegalStateException("not a single value: " + form);
    };
  }

  private Optional<Object> whole(Where at, Form form, Node.Scalar scalar, long min, long max) {
    String digits = scalar.text().replace("_", "");
    if (!digits.matches("[-+]?\\d{1,18}")) {
      return unfit(at, scalar.shown() + " is not " + Forms.expected(form), form);
    }
    long number = Long.parseLong(digits);
    return number >= min && number <= max
        ? Optional.of(number)
        : unfit(at, scalar.shown() + " is not " + Forms.expected(form), form);
  }

  private Optional<Object> unfitWord(Where at, List<String> words, Node.Scalar scalar) {
    fault(
        at,
        scalar.shown() + " is none of the words " + String.join(", ", words),
        scalar.origin() == Node.Scalar.Origin.VARIABLE
            ? NearestName.oneOf(words)
            : NearestName.remedy(scalar.text(), words));
    return Optional.empty();
  }

  private Optional<Object> list(Where where, Form element, Node node) {
    List<Object> values = new ArrayList<>();
    if (!(node instanceof Node.Items items)) {
      value(where, element, node).ifPresent(values::add);
      return Optional.of(List.copyOf(values));
    }
    int index = 0;
    for (Node each : items.nodes()) {
      value(where.element(index++, each.place()), element, each).ifPresent(values::add);
    }
    return Optional.of(List.copyOf(values));
  }

  private Settings named(Where where, Form form, Node.Block block) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Node.Entry entry : block.entries()) {
      value(where.in(entry.key(), entry.at()), form, entry.value())
          .ifPresent(value -> values.put(entry.key(), value));
    }
    return new Settings(values);
  }

  /** The node as a block, told when it is none. */
  Optional<Node.Block> block(Where where, Form form, Node node) {
    if (node instanceof Node.Block block) {
      return Optional.of(block);
    }
    if (node instanceof Node.Scalar scalar && scalar.isUnknown()) {
      sound = false;
    } else {
      misshapen(where, form, node);
    }
    return Optional.empty();
  }

  /** A block is judged as the block it was meant to be; of anything else both forms are told. */
  private Optional<Object> either(Where where, Form one, Form other, Node node) {
    Problems first = problems.attempt();
    CheckForm asOne = new CheckForm(first);
    Optional<Object> value = asOne.value(where, one, node);
    if (first.isEmpty() && asOne.isSound()) {
      return value;
    }
    Problems second = problems.attempt();
    CheckForm asOther = new CheckForm(second);
    Optional<Object> otherValue = asOther.value(where, other, node);
    if (second.isEmpty() && asOther.isSound()) {
      return otherValue;
    }
    sound = false;
    boolean likeOne = Shape.fits(one, node);
    boolean likeOther = Shape.fits(other, node);
    if (likeOne == likeOther || (node instanceof Node.Scalar scalar && !scalar.isUnknown())) {
      misshapen(where, new Form.Either(one, other), node);
      return Optional.empty();
    }
    problems.take(likeOne ? first : second);
    return likeOne ? value : otherValue;
  }

  private Optional<Object> misshapen(Where where, Form form, Node node) {
    boolean nothing = node instanceof Node.Scalar scalar && scalar.isNothing();
    fault(
        where.at(node.place()),
        "this is " + node.kind() + ", but " + Forms.expected(form) + " is expected",
        example(where, form) + (nothing ? ", or leave the key out" : ""));
    return Optional.empty();
  }

  private Optional<Object> unfit(Where where, String fault, Form form) {
    fault(where, fault, example(where, form));
    return Optional.empty();
  }

  private static String example(Where where, Form form) {
    boolean element = where.path().endsWith("]");
    return "write " + (element ? "" : where.name() + ": ") + Forms.example(form);
  }

  private void fault(Where where, String fault, String remedy) {
    sound = false;
    problems.add(where, fault, remedy);
  }
}
