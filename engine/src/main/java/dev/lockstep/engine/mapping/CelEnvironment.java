package dev.lockstep.engine.mapping;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.lockstep.connector.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * The language of expressions: CEL with its string, math and base64 extensions, decimals, dates,
 * and {@code default}. No clock, no input or output: the same record gives the same answer. What
 * one expression can cost is bounded by its length, its depth and the steps of its loops.
 */
final class CelEnvironment {
  static final int MOST_CHARACTERS = 4_000;
  private static final int DEEPEST = 60;
  private static final int MOST_STEPS = 10_000;

  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableQuotedIdentifierSyntax(true)
          .maxExpressionCodePointSize(MOST_CHARACTERS)
          .maxParseRecursionDepth(DEEPEST)
          .comprehensionMaxIterations(MOST_STEPS)
          .build();

  /** Without {@code record}, whose fields differ from sync to sync. */
  static final CelCompiler COMPILER = compiler();

  static final CelRuntime RUNTIME = runtime();

  private CelEnvironment() {}

  private static CelCompiler compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addMacros(CelDefault.MACRO)
        .addLibraries(
            CelExtensions.strings(), CelExtensions.math(), CelExtensions.encoders(OPTIONS))
        .addFunctionDeclarations(new CelDecimals().declarations())
        .addFunctionDeclarations(new CelTimes().declarations())
        .addFunctionDeclarations(CelEquality.declarations())
        .addFunctionDeclarations(
            newFunctionDeclaration("_?_:_", orNull()),
            newFunctionDeclaration(
                "json", newGlobalOverload("text_to_json", SimpleType.DYN, SimpleType.STRING)))
        .build();
  }

  private static CelRuntime runtime() {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder()
                .excludeFunctions(
                    StandardFunction.EQUALS, StandardFunction.NOT_EQUALS, StandardFunction.IN)
                .build())
        .addLibraries(
            CelExtensions.strings(), CelExtensions.math(), CelExtensions.encoders(OPTIONS))
        .addFunctionBindings(new CelDecimals().bindings())
        .addFunctionBindings(new CelTimes().bindings())
        .addFunctionBindings(CelEquality.bindings())
        .addFunctionBindings(
            CelFunctionBinding.from(
                "text_to_json",
                String.class,
                text -> CelValues.toCel(JsonReader.tree(new JsonText(text)))))
        .build();
  }

  /** {@code c ? null : x} has the type of {@code x}; the language by itself would refuse it. */
  private static List<CelOverloadDecl> orNull() {
    List<CelOverloadDecl> overloads = new ArrayList<>();
    for (CelType type :
        List.of(
            SimpleType.BOOL,
            SimpleType.INT,
            SimpleType.DOUBLE,
            SimpleType.STRING,
            SimpleType.BYTES)) {
      CelType result = NullableType.create(type);
      String id = "_or_null_" + type.name();
      overloads.add(
          newGlobalOverload("first" + id, result, SimpleType.BOOL, type, SimpleType.NULL_TYPE));
      overloads.add(
          newGlobalOverload("second" + id, result, SimpleType.BOOL, SimpleType.NULL_TYPE, type));
    }
    return overloads;
  }
}
