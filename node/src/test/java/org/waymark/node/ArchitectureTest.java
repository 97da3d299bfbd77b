// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.waymark.node.database.Transaction;

/// The directions of ARCHITECTURE.md, held.
class ArchitectureTest {

    private static final String ROOT = "org.waymark.node";
    private static final List<String> PLATFORM =
            List.of("database", "search", "work", "http", "page", "mail", "translation");

    /// Each may use those before it.
    private static final List<String> DOMAINS =
            List.of(
                    "privacy",
                    "account",
                    "exchange",
                    "peer",
                    "listing",
                    "guide",
                    "referral",
                    "participation",
                    "insight",
                    "operation");

    /// Commands work on all domains, so operation sees the record of them.
    private static final Set<String> MAY_SEE_EXTENSION = Set.of("operation");

    private static final Set<String> STATEMENTS =
            Set.of("list", "find", "update", "insertIfAbsent", "batch");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/templates/"))
                    .importPackages(ROOT);

    @Test
    void thereAreClassesToCheck() {
        assertThat(CLASSES.size()).isGreaterThan(100);
        assertThat(PLATFORM.stream().filter(ArchitectureTest::exists))
                .contains("database", "work", "http", "page");
        assertThat(DOMAINS.stream().filter(ArchitectureTest::exists))
                .contains("privacy", "account", "exchange", "peer", "listing", "operation");
    }

    @Test
    void thePlatformKnowsNoDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(packages(PLATFORM))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(DOMAINS))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(of("extension"))
                .check(CLASSES);
    }

    @Test
    void aDomainUsesOnlyThoseToItsLeft() {
        for (int i = 0; i < DOMAINS.size(); i++) {
            var toTheRight = DOMAINS.subList(i + 1, DOMAINS.size());
            if (toTheRight.isEmpty() || !exists(DOMAINS.get(i))) {
                continue;
            }
            noClasses()
                    .that()
                    .resideInAPackage(of(DOMAINS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(toTheRight))
                    .check(CLASSES);
        }
    }

    @Test
    void onlyTheRootAndTheCommandsSeeAllDomainsAtOnce() {
        var others =
                DOMAINS.stream().filter(domain -> !MAY_SEE_EXTENSION.contains(domain)).toList();
        noClasses()
                .that()
                .resideInAnyPackage(packages(others))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(of("extension"))
                .check(CLASSES);
    }

    @Test
    void nobodySeesTheRoot() {
        noClasses()
                .that(are(describe("below the root", type -> !type.getPackageName().equals(ROOT))))
                .should()
                .dependOnClassesThat(
                        are(describe("the root", type -> type.getPackageName().equals(ROOT))))
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void sqlStandsOnlyInTables() {
        noClasses()
                .that()
                .resideOutsideOfPackage(of("database"))
                .and(are(describe("no tables", type -> !type.getName().matches(".*Table(\\$.*)?"))))
                .should()
                .callMethodWhere(describe("a statement", ArchitectureTest::isStatement))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(of("database"))
                .and(are(describe("not Main", type -> !type.getName().equals(ROOT + ".Main"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.apache.derby..")
                .check(CLASSES);
    }

    @Test
    void onlyTheFederationClientOpensSocketsToOtherMachines() {
        noClasses()
                .that(
                        are(
                                describe(
                                        "not the command line's own client, which reaches 127.0.0.1"
                                                + " only",
                                        type ->
                                                !type.getName()
                                                        .startsWith(
                                                                ROOT
                                                                        + ".operation.ControlClient"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.helidon.webclient..", "java.net.http..", "java.nio.channels.spi..")
                .orShould()
                .dependOnClassesThat(
                        are(
                                describe(
                                        "sockets",
                                        type ->
                                                Set.of(
                                                                "java.net.Socket",
                                                                "java.net.URLConnection",
                                                                "java.net.HttpURLConnection",
                                                                "java.net.DatagramSocket",
                                                                "java.nio.channels.SocketChannel")
                                                        .contains(type.getName()))))
                .check(CLASSES);
    }

    @Test
    void tablesStayInTheirPackage() {
        noClasses()
                .that(are(simpleNameEndingWith("Table")))
                .and(are(resideInAnyPackage(packages(DOMAINS))))
                .and(
                        are(
                                describe(
                                        "not the node's identity",
                                        type -> !type.getSimpleName().equals("IdentityTable"))))
                .should()
                .bePublic()
                .check(CLASSES);
    }

    private static boolean isStatement(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Transaction.class)
                && STATEMENTS.contains(call.getName());
    }

    private static boolean exists(String name) {
        return CLASSES.stream()
                .anyMatch(type -> type.getPackageName().startsWith(ROOT + "." + name));
    }

    private static String[] packages(List<String> names) {
        return Stream.concat(names.stream().filter(ArchitectureTest::exists), Stream.of("none"))
                .map(ArchitectureTest::of)
                .toArray(String[]::new);
    }

    private static String of(String name) {
        return ROOT + "." + name + "..";
    }
}
