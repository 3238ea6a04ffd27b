package dev.lockstep.engine.mapping;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.runtime.CelEvaluationException;
import dev.lockstep.connector.Dataset;
import dev.lockstep.connector.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles CEL against the fields of one source. */
final class CelExpressions implements ExpressionCompiler {
  private final Dataset source;

  CelExpressions(Dataset source) {
    this.source = source;
  }

  @Override
  public Outcome compile(String text) {
    try {
      CelValidationResult parsed = CelEnvironment.COMPILER.parse(text);
      if (parsed.hasError()) {
        return new Outcome.Faulty(CelFaults.ofSyntax(parsed.getErrors()));
      }
      return check(text, parsed.getAst());
    } catch (CelValidationException e) {
      return new Outcome.Faulty(CelFaults.of(e.getErrors()));
    } catch (CelEvaluationException e) {
      return new Outcome.Faulty(List.of(CelFaults.of(e)));
    }
  }

  private Outcome check(String text, CelAbstractSyntaxTree tree)
      throws CelValidationException, CelEvaluationException {
    CelWalk walk = new CelWalk(tree);
    List<Fault> faults = new ArrayList<>(unknownFields(walk));
    CelValidationResult checked =
        CelEnvironment.COMPILER
            .toCompilerBuilder()
            .setTypeProvider(new RecordTypes(record(walk)))
            .addVar(CelRecord.TYPE, record(walk))
            .build()
            .check(tree);
    if (checked.hasError()) {
      List<CelIssue> errors = checked.getErrors();
      faults.addAll(CelFaults.of(errors));
    } else {
      faults.addAll(CelBranches.faults(checked.getAst()));
    }
    if (!faults.isEmpty()) {
      return new Outcome.Faulty(faults);
    }
    return finish(text, checked.getAst(), walk);
  }

  private Outcome finish(String text, CelAbstractSyntaxTree tree, CelWalk walk)
      throws CelEvaluationException {
    Optional<Type> type = CelTypes.result(tree.getResultType());
    if (type.isEmpty()) {
      return new Outcome.Faulty(
          List.of(
              new Fault(
                  "no field can hold a " + tree.getResultType().name(),
                  "write string(…) or int(…)")));
    }
    return new Outcome.Checked(
        new CelExpression(text, CelEnvironment.RUNTIME.createProgram(tree), tree.getExpr(), walk),
        type.get());
  }

  private List<Fault> unknownFields(CelWalk walk) {
    List<Fault> faults = new ArrayList<>();
    walk.fields()
        .forEach((name, column) -> {
          if (!source.open() && !source.schema().has(name)) {
            faults.add(
                new Fault(
                    "column " + column + ": '" + source.id() + "' has no field '" + name + "'",
                    NearestName.remedy(name, source.schema().names())));
          }
        });
    return faults;
  }

  /** Fields the source does not list may hold anything; whether they may be read is told apart. */
  private StructType record(CelWalk walk) {
    Map<String, CelType> types = new LinkedHashMap<>();
    walk.fields().keySet().forEach(name -> types.put(name, SimpleType.DYN));
    source.schema().fields().forEach(field -> types.put(field.name(), CelTypes.of(field.type())));
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
    return StructType.create(
        CelRecord.TYPE, fields.keySet(), name -> Optional.ofNullable(fields.get(name)));
  }

  private record RecordTypes(StructType record) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.of(record);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return name.equals(CelRecord.TYPE) ? Optional.of(record) : Optional.empty();
    }
  }
}
