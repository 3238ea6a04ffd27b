package dev.lockstep.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may know whom, as rules by name. */
final class Walls {

  static final String ROOT = "dev.lockstep";

  /** The engine's packages; each knows only those before it, and none knows the engine's root. */
  static final List<String> ENGINE_ORDER =
      List.of(
          "schedule",
          "sync",
          "limit",
          "mapping",
          "journal",
          "reconcile",
          "delivery",
          "capture",
          "plan",
          "run",
          "direct",
          "twoway");

  private static final DescribedPredicate<JavaClass> PART_OF_JAVA_BASE =
      DescribedPredicate.describe(
          "are part of java.base",
          type -> "java.base".equals(type.getBaseComponentType().reflect().getModule().getName()));

  private Walls() {}

  static Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    addModules(rules);
    ENGINE_ORDER.forEach(name -> rules.put("engine." + name + " keeps the order", order(name)));
    rules.put("there are no cycles between packages", classes().should(new FreeOfCycles(ROOT)));
    rules.put(
        "a class is named for what it is",
        noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager)"));
    return rules;
  }

  private static void addModules(Map<String, ArchRule> rules) {
    rules.put(
        "the connector contract needs the JDK's base only",
        classes()
            .that()
            .resideInAPackage(in("connector"))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(in("connector"), "org.jspecify.annotations")
                    .or(PART_OF_JAVA_BASE)));
    rules.put("the store knows nothing above it", module("store"));
    rules.put(
        "the engine knows the contract and the store", module("engine", "connector", "store"));
    rules.put("the hub knows the contract and the store", module("hub", "connector", "store"));
    rules.put("the file connector knows the contract", module("connectors.file", "connector"));
    rules.put("the jdbc connector knows the contract", module("connectors.jdbc", "connector"));
    rules.put(
        "the postgresql connector knows the contract and the machinery of tables",
        module("connectors.postgresql", "connector", "connectors.jdbc"));
    rules.put("the http connector knows the contract", module("connectors.http", "connector"));
    rules.put(
        "the liferay connector knows the contract and the calls of HTTP",
        module("connectors.liferay", "connector", "connectors.http"));
    rules.put(
        "the server knows what it wires",
        module("server", "connector", "store", "engine", "hub", "connectors"));
    rules.put(
        "the command line knows what is shipped",
        module("cli", "connector", "store", "engine", "hub", "connectors", "server", "demo"));
    rules.put("the demo reaches Lockstep as its users do", module("demo"));
  }

  private static ArchRule module(String name, String... known) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(known)).map(Walls::in).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(in(name))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))));
  }

  private static ArchRule order(String name) {
    List<String> later = ENGINE_ORDER.subList(ENGINE_ORDER.indexOf(name) + 1, ENGINE_ORDER.size());
    String[] forbidden =
        Stream.concat(
                Stream.of(ROOT + ".engine"), later.stream().map(after -> in("engine." + after)))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(in("engine." + name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden);
  }

  private static String in(String name) {
    return ROOT + "." + name + "..";
  }
}
