// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import org.waymark.packaging.PackagedNode;

/// One node in a container of its own, known in its network by its name. Its data lie in a volume,
/// so that commands can run before and beside the server.
final class ContainedNode implements AutoCloseable {

    private static final DockerImageName IMAGE = DockerImageName.parse("waymark:test");
    private static final int PORT = 8080;
    private static final String DATA = "/var/lib/waymark/data";
    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final String volume;
    private final Network network;
    private final GenericContainer<?> server;

    private ContainedNode(String name, Network network) {
        this.name = name;
        this.volume = "waymark-test-" + name + "-" + network.getId().substring(0, 12);
        this.network = network;
        this.server =
                container("serve", "--data", DATA)
                        .withNetwork(network)
                        .withNetworkAliases(name)
                        .withExposedPorts(PORT)
                        .waitingFor(
                                Wait.forHttp("/health/ready")
                                        .forPort(PORT)
                                        .withStartupTimeout(START));
    }

    /// Makes the image from what `mvn package` built.
    static void makeImage() {
        try {
            var process =
                    new ProcessBuilder(
                                    "sh",
                                    "src/image/container.sh",
                                    PackagedNode.IMAGE.toString(),
                                    IMAGE.asCanonicalNameString())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The image could not be made:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A new node with one organisation, serving.
    static ContainedNode start(String name, Network network, Path scratch) {
        var node = new ContainedNode(name, network);
        node.init(scratch);
        node.server.start();
        return node;
    }

    /// Where the test reaches it; the other containers use [#baseUrl()].
    URI address() {
        return URI.create("http://" + server.getHost() + ":" + server.getMappedPort(PORT));
    }

    /// What the server wrote so far.
    String log() {
        return server.getLogs();
    }

    String baseUrl() {
        return "http://" + name + ":" + PORT;
    }

    /// Puts a file or folder of the test into the container.
    void copy(Path from, String to) {
        server.copyFileToContainer(MountableFile.forHostPath(from), to);
    }

    /// Runs a command of the launcher beside the server and returns what it said.
    String run(String... command) {
        var words =
                Stream.concat(
                                Stream.of(
                                        "../runtime/bin/java",
                                        "@jvm.options",
                                        "@class-path",
                                        "org.waymark.node.Main"),
                                Stream.concat(Stream.of(command), Stream.of("--data", DATA)))
                        .toArray(String[]::new);
        try {
            var result = server.execInContainer(words);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + ": " + result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        DockerClientFactory.lazyClient().removeVolumeCmd(volume).exec();
    }

    private void init(Path scratch) {
        try {
            Files.writeString(scratch.resolve("password"), "correct horse battery staple\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var init =
                container(
                                "init",
                                "--data",
                                DATA,
                                "--organization",
                                name,
                                "--slug",
                                name,
                                "--base-url",
                                baseUrl(),
                                "--admin",
                                "admin@waymark.example",
                                "--admin-password-file",
                                "/tmp/password",
                                "--languages",
                                "en,ar")
                        .withCopyFileToContainer(
                                MountableFile.forHostPath(
                                        scratch.resolve("password")),
                                "/tmp/password")
                        .withStartupCheckStrategy(
                                new OneShotStartupCheckStrategy().withTimeout(START))) {
            init.start();
        }
    }

    private GenericContainer<?> container(String... command) {
        return new GenericContainer<>(IMAGE)
                .withImagePullPolicy(_ -> false)
                .withCommand(command)
                .withEnv("WAYMARK_FEDERATION_ALLOW_NETWORKS", String.join(",", subnets()))
                .withCreateContainerCmdModifier(this::mountVolume);
    }

    private void mountVolume(CreateContainerCmd command) {
        Objects.requireNonNull(command.getHostConfig())
                .withBinds(new Bind(volume, new Volume("/var/lib/waymark")));
    }

    private List<String> subnets() {
        return DockerClientFactory.lazyClient()
                .inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getIpam()
                .getConfig()
                .stream()
                .map(com.github.dockerjava.api.model.Network.Ipam.Config::getSubnet)
                .toList();
    }
}
