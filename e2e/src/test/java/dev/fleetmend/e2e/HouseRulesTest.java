package dev.fleetmend.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** The rules of the house: who may use whom, and what nobody does. */
@AnalyzeClasses(packages = "dev.fleetmend", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final String PATCHING = "dev.fleetmend.patching..";
  private static final String PROTOCOL = "dev.fleetmend.protocol..";
  private static final String API = "dev.fleetmend.api..";
  private static final String NODE = "dev.fleetmend.node..";
  private static final String SERVER = "dev.fleetmend.server..";

  @ArchTest
  static final ArchRule patchingIsPure =
      noClasses()
          .that()
          .resideInAPackage(PATCHING)
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      PATCHING,
                      "java.lang..",
                      "java.util..",
                      "java.time..",
                      "java.math..",
                      "org.jspecify..")))
          .because("decisions must give the same answer everywhere: no clock, no IO, no library");

  @ArchTest
  static final ArchRule patchingReadsNoClock =
      noClasses()
          .that()
          .resideInAPackage(PATCHING)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .because("time is an argument of a decision");

  @ArchTest
  static final ArchRule protocolStandsAlone =
      noClasses()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      PROTOCOL,
                      "java..",
                      "javax.crypto..",
                      "com.fasterxml.jackson.core..",
                      "org.jspecify..")))
          .because("both sides of the wire carry it, and the node's image must stay small");

  @ArchTest
  static final ArchRule apiKnowsOnlyProtocol =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PATCHING, NODE, SERVER, "dev.fleetmend.cli..", "dev.fleetmend.lab..")
          .because("the public API's types are the SDK's, not ours");

  @ArchTest
  static final ArchRule nodeStaysSmall =
      noClasses()
          .that()
          .resideInAPackage(NODE)
          .should()
          .dependOnClassesThat(
              not(
                  resideInAnyPackage(
                      NODE,
                      PATCHING,
                      PROTOCOL,
                      "java.io..",
                      "java.lang..",
                      "java.math..",
                      "java.net",
                      "java.nio..",
                      "java.security..",
                      "java.text..",
                      "java.time..",
                      "java.util",
                      "java.util.concurrent..",
                      "java.util.function..",
                      "java.util.jar..",
                      "java.util.random..",
                      "java.util.regex..",
                      "java.util.stream..",
                      "java.util.zip..",
                      "javax.crypto..",
                      "javax.net..",
                      "javax.security..",
                      "javax.xml..",
                      "org.w3c..",
                      "org.xml..",
                      "com.fasterxml.jackson.core..",
                      "org.jspecify..")))
          .because("its image has java.base, java.xml and jackson-core, and nothing else");

  @ArchTest
  static final ArchRule serverNeverReachesIntoANode =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NODE, "dev.fleetmend.lab..", "dev.fleetmend.cli..")
          .because("server and node meet on the wire only");

  @ArchTest
  static final ArchRule labKnowsOnlyNodes =
      noClasses()
          .that()
          .resideInAPackage("dev.fleetmend.lab..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVER, API, "dev.fleetmend.cli..")
          .because("test hosts are hosts, whatever server they are enrolled with")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule serverTakesItsTimeFromItsClock =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because("schedules are tested by the year, with a clock that the test sets");

  @ArchTest
  static final ArchRule capabilitiesDoNotGoInCircles =
      slices()
          .matching("dev.fleetmend.server.(*)..")
          .should()
          .beFreeOfCycles()
          .because("each capability can be read, and changed, without those that use it");

  @ArchTest
  static final ArchRule noStaticState =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("dev.fleetmend..")
          .should()
          .haveModifier(FINAL)
          .because("two servers in one process must not know of each other");

  @ArchTest
  static final ArchRule nobodyPrintsStackTraces =
      noClasses()
          .that()
          .resideInAPackage("dev.fleetmend..")
          .should()
          .callMethod(Throwable.class, "printStackTrace")
          .because("an error says what happened, what was not done, and what to do");
}
