// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that nobody knows, as small offices have them, for one test.
///
/// @param pem the file that says it can be believed
record Certificate(SSLContext context, Path pem) {

    private static final String PASSWORD = "changeit";

    /// @param name such as `ip:127.0.0.1`
    static Certificate made(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        var store = folder.resolve("store.p12");
        var pem = folder.resolve("server.pem");
        keytool(
                List.of(
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=mail",
                        "-ext",
                        "SAN=" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        keytool(
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        "mail",
                        "-file",
                        pem.toString(),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Certificate(context, pem);
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        var ended = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(ended.getInputStream().readAllBytes());
        if (ended.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
