// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the staff pages may use: the domains, and how pages look. That the node knows nothing of
/// them is held by the modules.
class ArchitectureTest {

    private static final String ROOT = "org.waymark.admin";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.contains("/templates/"))
                    .importPackages(ROOT);

    @Test
    void thereAreClassesToCheck() {
        assertThat(CLASSES.size()).isGreaterThan(10);
    }

    @Test
    void staffPagesOpenNoTransactionAndKnowNoRows() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.waymark.node.database..",
                        "java.sql..",
                        "javax.sql..",
                        "org.apache.derby..",
                        "liquibase..",
                        "com.zaxxer..")
                .check(CLASSES);
    }

    @Test
    void staffPagesTalkToNoOtherNode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.waymark.federation..", "io.helidon..", "java.net.http..")
                .check(CLASSES);
    }

    @Test
    void staffPagesScheduleNoWorkAndPartNoKeys() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.waymark.node.work..")
                .orShould()
                .dependOnClassesThat(
                        are(
                                describe(
                                        "keys and sealing",
                                        type ->
                                                type.getName()
                                                        .matches(
                                                                "org\\.waymark\\.node\\.privacy\\..*(Keys?|Sealing|KeyFolder)"))))
                .orShould()
                .dependOnClassesThat(
                        are(
                                describe(
                                        "the node's root",
                                        type -> type.getPackageName().equals("org.waymark.node"))))
                .check(CLASSES);
    }
}
