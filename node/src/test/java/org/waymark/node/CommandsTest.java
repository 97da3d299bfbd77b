// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands about organisations, people and tokens, on a stopped node.
class CommandsTest {

    @TempDir private Path folder;

    @Test
    void anOperatorAddsAnOrganisationAPersonAndAToken() throws IOException {
        Files.writeString(folder.resolve("password"), TestNode.PASSWORD);
        Files.writeString(folder.resolve("short"), "short");
        assertThat(
                        run(
                                "init",
                                "--organization",
                                "Lindmar Shelter",
                                "--base-url",
                                "https://shelter.example",
                                "--admin",
                                "admin@shelter.example",
                                "--admin-password-file",
                                "password"))
                .isZero();

        assertThat(run("organization", "add", "--name", "Lindmar Clinic")).isZero();
        assertThat(run("organization", "add", "--name", "Lindmar Clinic"))
                .as("its slug is taken")
                .isEqualTo(2);
        assertThat(addPerson("lindmar-clinic", "password")).isZero();
        assertThat(addPerson("nobody", "password")).as("no such organisation").isEqualTo(2);
        assertThat(addPerson("lindmar-clinic", "short")).as("password too short").isEqualTo(2);
        assertThat(addPerson("ombudsperson", "lindmar-clinic", "password"))
                .as("who handles requests reads no complaints")
                .isEqualTo(2);
        assertThat(addPerson("editor", "lindmar-clinic", "password")).isZero();
        assertThat(run("token", "create", "--account", "bo@clinic.example", "--name", "x"))
                .isZero();
        assertThat(run("token", "create", "--account", "nobody@clinic.example", "--name", "x"))
                .as("no such person")
                .isEqualTo(2);

        Files.writeString(
                folder.resolve("terms.csv"), "id,name,parent_id,vocabulary\n1,Hen,1,Harbour\n");
        Files.writeString(folder.resolve("nameless.csv"), "id,name\n1,Hen\n");
        assertThat(taxonomy("terms.csv", "lindmar-clinic")).isZero();
        assertThat(taxonomy("terms.csv", "nobody")).as("no such organisation").isEqualTo(2);
        for (var wrong : List.of("nameless.csv", "password", "missing.csv")) {
            assertThat(taxonomy(wrong, "lindmar-clinic")).as(wrong).isEqualTo(2);
        }

        Files.createDirectories(folder.resolve("empty"));
        Files.write(folder.resolve("broken.zip"), new byte[] {'P', 'K', 3, 4, 0, 0, 1});
        Files.writeString(folder.resolve("broken.json"), "[{\"id\": ");
        for (var wrong : List.of("empty", "broken.zip", "broken.json", "missing")) {
            assertThat(hsds(wrong)).as(wrong).isEqualTo(2);
        }
        Files.createDirectories(folder.resolve("good"));
        Files.writeString(folder.resolve("good/services.csv"), "id,name,status\n1,Soup,active\n");
        assertThat(hsds("good")).isZero();
    }

    private int hsds(String path) {
        return run("import", "hsds", path, "--publisher", "lindmar-clinic");
    }

    private int taxonomy(String file, String publisher) {
        return run("import", "taxonomy", file, "--publisher", publisher);
    }

    private int addPerson(String organization, String passwordFile) {
        return addPerson("caseworker", organization, passwordFile);
    }

    private int addPerson(String role, String organization, String passwordFile) {
        return run(
                "account",
                "add",
                "--email",
                "bo@clinic.example",
                "--organization",
                organization,
                "--role",
                role,
                "--password-file",
                passwordFile);
    }

    private int run(String... arguments) {
        return Main.run(folder, arguments);
    }
}
