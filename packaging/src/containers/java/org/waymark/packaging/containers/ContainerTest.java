// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
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

    private static final String LISTING = "Letters and forms";

    // 20 s: request, answer, and the first pull of listings; 2 s are usual.
    private static final Duration ARRIVAL = Duration.ofSeconds(20);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Network network;
    private static ContainedNode shelter;
    private static ContainedNode clinic;

    @BeforeAll
    static void start(@TempDir Path scratch) {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "No Docker engine answers; the container tests are left out");
        ContainedNode.makeImage();
        network = Network.newNetwork();
        shelter = ContainedNode.start("shelter", network, scratch);
        clinic = ContainedNode.start("clinic", network, scratch);
    }

    @AfterAll
    static void stop() {
        if (network != null) {
            clinic.close();
            shelter.close();
            network.close();
        }
    }

    @Test
    void runsFromNothingButItsOwnFiles() {
        assertThat(get(shelter, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(shelter.run("version")).contains("Waymark");
    }

    @Test
    void twoContainersPeerAndExchangeAListing() {
        clinic.copy(Path.of("../node/src/test/resources/hsds/lindmar-1.1"), "/tmp/hsds");
        clinic.run("import", "hsds", "/tmp/hsds", "--publisher", "clinic", "--country", "US",
                "--zone", "Europe/Berlin", "--topics", "/tmp/hsds/topics.csv");
        assertThat(get(clinic, "/en/t/papers").body()).contains(LISTING);
        assertThat(get(shelter, "/en/t/papers").body()).doesNotContain(LISTING);

        shelter.run("peer", "request", clinic.baseUrl());
        becomes(() -> clinic.run("peer", "list").contains(shelter.baseUrl()));
        clinic.run("peer", "accept", shelter.baseUrl());

        becomes(() -> get(shelter, "/en/t/papers").body().contains(LISTING));
        assertThat(get(shelter, "/en/t/papers").body()).contains("clinic");
    }

    private static void becomes(BooleanSupplier condition) {
        var end = Instant.now().plus(ARRIVAL);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("shelter: %s%nclinic: %s", shelter.log(), clinic.log()).isBefore(end);
        }
    }

    private static HttpResponse<String> get(ContainedNode node, String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(node.address().resolve(path)).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
