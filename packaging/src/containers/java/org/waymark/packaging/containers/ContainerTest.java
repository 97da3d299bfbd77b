// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/// Two machines as far as the nodes can tell.
@Tag("packaged")
final class ContainerTest {

    private static Network network;
    private static ContainedNode shelter;

    @BeforeAll
    static void start(@TempDir Path scratch) {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "No Docker engine answers; the container tests are left out");
        ContainedNode.makeImage();
        network = Network.newNetwork();
        shelter = ContainedNode.start("shelter", network, scratch);
    }

    @AfterAll
    static void stop() {
        if (shelter != null) {
            shelter.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void runsFromNothingButItsOwnFiles() throws Exception {
        var address = shelter.address().resolve("/health/ready");

        var answer =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(shelter.run("version")).contains("Waymark");
    }
}
