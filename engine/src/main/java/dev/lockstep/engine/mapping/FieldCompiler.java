package dev.lockstep.engine.mapping;

import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Field;
import dev.lockstep.connector.Type;
import dev.lockstep.engine.mapping.ExpressionCompiler.Outcome.Checked;
import dev.lockstep.engine.mapping.ExpressionCompiler.Outcome.Faulty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles what is mapped to one target field. */
final class FieldCompiler {
  private final SourceFields source;
  private final Dataset target;
  private final Findings findings;

  FieldCompiler(SourceFields source, Dataset target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  /** Empty when a problem was found. */
  Optional<TargetField> compile(String name, String expression) {
    int index = target.schema().indexOf(name);
    if (index < 0 && !target.open()) {
      findings.problem(
          setting(name),
          "'" + target.id() + "' has no field '" + name + "'",
          NearestName.remedy(name, target.schema().names()));
    }
    // Without a declared type the field has that of its expression.
    @Nullable Field declared = index < 0 ? null : target.schema().field(index);
    return Plain.of(expression)
        .map(plain -> simple(name, plain, declared))
        .orElseGet(() -> computed(name, expression, declared));
  }

  private Optional<TargetField> simple(String name, Plain plain, @Nullable Field declared) {
    return switch (plain) {
      case Plain.Rename(String field) -> rename(name, field, declared);
      case Plain.Literal literal -> constant(name, literal, declared);
    };
  }

  private Optional<TargetField> rename(String name, String from, @Nullable Field declared) {
    if (!source.has(from)) {
      findings.problem(
          setting(name),
          source.unknown(from),
          NearestName.of(from, source.schema().names())
              .map(near -> "write record." + near)
              .orElseGet(() -> NearestName.remedy(from, source.schema().names())));
      return Optional.empty();
    }
    Type type = source.type(from);
    Field field = declared == null ? Field.of(name, type) : declared;
    check(name, Conversions.between(type, field.type()), "record." + from, "");
    return Optional.of(new TargetField(field, new FieldSource.Copy(from)));
  }

  /** Checks a field that is copied because both sides have one of its name. */
  void copy(String name) {
    Type to = target.schema().field(target.schema().indexOf(name)).type();
    check(
        name,
        Conversions.between(source.type(name), to),
        "record." + name,
        "add a map of all fields, with " + name + " so: ");
  }

  private Optional<TargetField> constant(
      String name, Plain.Literal literal, @Nullable Field declared) {
    Field field = declared == null ? Field.of(name, literal.type()) : declared;
    if (literal.value() == null && !field.nullable()) {
      findings.problem(setting(name), "the target's field cannot be null", "map it to a value");
      return Optional.empty();
    }
    try {
      Object value =
          literal.value() == null ? null : Converters.to(field.type()).convert(literal.value());
      return Optional.of(new TargetField(field, new FieldSource.Constant(value)));
    } catch (Unfit e) {
      findings.problem(setting(name), e.reason(), e.remedy());
      return Optional.empty();
    }
  }

  private Optional<TargetField> computed(String name, String text, @Nullable Field declared) {
    return switch (source.compile(text)) {
      case Checked(Expression expression, Type type) -> {
        Field field = declared == null ? Field.of(name, type) : declared;
        Conversion conversion = Conversions.between(type, field.type());
        check(name, withoutWarning(conversion), text.strip(), "");
        // A text that is meant as JSON is a document, not a string in one.
        Converter converter =
            type instanceof Type.Text && conversion instanceof Conversion.Possible possible
                ? possible.converter()
                : Converters.to(field.type());
        yield Optional.of(
            new TargetField(field, new FieldSource.Computed(expression, type, converter)));
      }
      case Faulty(var faults) -> {
        findings.faults(setting(name), faults);
        yield Optional.empty();
      }
    };
  }

  /** What an expression makes is the user's word; only what cannot be is said. */
  private static Conversion withoutWarning(Conversion conversion) {
    return conversion instanceof Conversion.Possible(Converter converter, var warning)
        ? Conversion.Possible.of(converter)
        : conversion;
  }

  private void check(String name, Conversion conversion, String expression, String lead) {
    switch (conversion) {
      case Conversion.Same() -> {}
      case Conversion.Possible(Converter converter, Optional<String> warning) ->
          warning.ifPresent(text ->
              findings.warning(
                  setting(name), text, "records whose value does not fit will be refused"));
      case Conversion.Impossible impossible ->
          findings.problem(
              setting(name), impossible.message(), lead + impossible.remedy(expression));
    }
  }

  private static String setting(String name) {
    return "map." + name;
  }
}
