// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.waymark.federation";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void theClassesAreThere() {
        assertThat(CLASSES.size()).isGreaterThan(50);
        assertThat(CLASSES.contain(ROOT + ".transport.GuardedClient")).isTrue();
    }

    @Test
    void onlyTheTransportTouchesTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "java.net.http..", "java.nio.channels..")
                .orShould()
                .dependOnClassesThat(
                        HasName.Predicates.nameMatching(
                                "java\\.net\\.(Server|Multicast|Datagram)?Socket.*"))
                .orShould()
                .dependOnClassesThat(
                        HasName.Predicates.nameMatching(
                                "java\\.net\\.(URL|.*URLConnection|Inet.*Address)"))
                .check(CLASSES);
    }

    @Test
    void onlyTheGuardedClientOpensConnections() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".transport.GuardedClient")
                .should()
                .dependOnClassesThat(
                        HasName.Predicates.nameMatching(
                                "io\\.helidon\\..*(WebClient|TcpClientConnection|Http1Client).*"))
                .orShould()
                .dependOnClassesThat(
                        HasName.Predicates.nameMatching(
                                "java\\.net\\.(Server|Multicast|Datagram)?Socket.*"))
                .check(CLASSES);
    }

    @Test
    void packagesDependInOneDirection() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("vocabulary")
                .definedBy(ROOT + ".vocabulary")
                .layer("signature")
                .definedBy(ROOT + ".signature")
                .layer("trust")
                .definedBy(ROOT + ".trust")
                .layer("transport")
                .definedBy(ROOT + ".transport")
                .layer("discovery")
                .definedBy(ROOT + ".discovery")
                .layer("inbox")
                .definedBy(ROOT + ".inbox")
                .layer("delivery")
                .definedBy(ROOT + ".delivery")
                .whereLayer("vocabulary")
                .mayNotAccessAnyLayer()
                .whereLayer("signature")
                .mayOnlyAccessLayers("vocabulary")
                .whereLayer("trust")
                .mayOnlyAccessLayers("vocabulary")
                .whereLayer("transport")
                .mayOnlyAccessLayers("vocabulary", "signature", "trust")
                .whereLayer("discovery")
                .mayOnlyAccessLayers("vocabulary", "signature", "transport")
                .whereLayer("inbox")
                .mayOnlyAccessLayers("vocabulary", "signature", "trust", "transport")
                .whereLayer("delivery")
                .mayOnlyAccessLayers("vocabulary", "signature", "transport")
                .check(CLASSES);
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void itKnowsNoDatabaseAndNothingOfTheNode() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "jakarta..",
                        "org.waymark.node..",
                        "org.waymark.admin..")
                .check(CLASSES);
    }

    @Test
    void itsNamesAreOfTheProtocolNotOfTheTrade() {
        noClasses()
                .should()
                .haveNameMatching(
                        "(?i).*(listing|referral|shelter|refugee|migrant|consent|caseworker|peering|volunteer).*")
                .check(CLASSES);
    }

    @Test
    void classesThatAreNotExtendedAreFinal() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
