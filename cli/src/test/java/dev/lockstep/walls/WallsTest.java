package dev.lockstep.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class WallsTest {

  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(Walls.ROOT);

  @TestFactory
  Stream<DynamicTest> theShippedCodeKeepsItsWalls() {
    return Walls.rules().entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(SHIPPED)));
  }

  @TestFactory
  Stream<DynamicTest> everyWallIsMissedWhereItIsBroken(@TempDir Path folder) {
    JavaClasses broken = new ClassFileImporter().importPath(BrokenWalls.compileInto(folder));
    return Walls.rules().entrySet().stream()
        .map(rule ->
            dynamicTest(
                rule.getKey(),
                () ->
                    assertThat(rule.getValue().evaluate(broken).hasViolation())
                        .as("the rule is broken by %s", BrokenWalls.class.getSimpleName())
                        .isTrue()));
  }

  @Test
  void everyModuleThatIsShippedIsInspected() {
    assertThat(packagesBelow(Walls.ROOT))
        .contains("connector", "store", "engine", "hub", "connectors", "server", "cli")
        .doesNotContain("walls");
    assertThat(packagesBelow(Walls.ROOT + ".connectors"))
        .contains("file", "jdbc", "postgresql", "http", "liferay");
  }

  @Test
  void everyPackageOfTheEngineHasItsPlaceInTheOrder() {
    assertThat(packagesBelow(Walls.ROOT + ".engine"))
        .containsExactlyInAnyOrderElementsOf(Walls.ENGINE_ORDER);
  }

  private static Set<String> packagesBelow(String parent) {
    List<String> names = SHIPPED.stream().map(type -> type.getPackageName()).toList();
    return names.stream()
        .filter(name -> name.startsWith(parent + "."))
        .map(name -> name.substring(parent.length() + 1).replaceFirst("\\..*", ""))
        .collect(Collectors.toSet());
  }
}
