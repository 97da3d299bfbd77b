// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// By which server mail leaves, if any does.
///
/// @param host of the server; empty: this node sends no mail
/// @param user and password to sign in with; empty where the server asks for none
/// @param from the address that letters come from, and that what cannot be delivered goes back to
/// @param certificate the only one to believe (PEM), for a server with one of its own
public record MailSettings(
        Optional<String> host,
        int port,
        Tls tls,
        Optional<String> user,
        Optional<String> password,
        Optional<MailAddress> from,
        Optional<Path> certificate) {

    public static final int USUAL_PORT = 587;

    public enum Tls {
        /// Begins in clear and goes no further without TLS.
        STARTTLS,
        /// TLS from the first byte, as on port 465.
        IMPLICIT,
        /// In clear; only for a server on this machine.
        OFF
    }

    public static MailSettings off() {
        return new MailSettings(
                Optional.empty(),
                USUAL_PORT,
                Tls.STARTTLS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// @param setting gives the value of a key, or the default
    /// @throws IllegalArgumentException when they do not go together; the message says what would
    ///   do
    public static MailSettings read(BinaryOperator<String> setting) {
        var host = setting.apply("mail.host", "");
        var port = setting.apply("mail.port", String.valueOf(USUAL_PORT));
        var tls = setting.apply("mail.tls", "starttls");
        var from = setting.apply("mail.from", "");
        var read =
                new MailSettings(
                        given(host),
                        port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0,
                        switch (tls) {
                            case "starttls" -> Tls.STARTTLS;
                            case "implicit" -> Tls.IMPLICIT;
                            case "off" -> Tls.OFF;
                            default ->
                                    throw new IllegalArgumentException(
                                            "mail.tls takes one of [starttls, implicit, off], but"
                                                    + " got "
                                                    + tls);
                        },
                        given(setting.apply("mail.user", "")),
                        password(
                                setting.apply("mail.password", ""),
                                setting.apply("mail.password-file", "")),
                        MailAddress.of(from),
                        given(setting.apply("mail.certificate", "")).map(Path::of));
        if (read.port < 1 || read.port > 65_535) {
            throw new IllegalArgumentException(
                    "mail.port takes a whole number from 1 to 65535, but got " + port);
        }
        if (!from.isEmpty() && read.from.isEmpty() || read.isOn() && from.isEmpty()) {
            throw new IllegalArgumentException(
                    "mail.from takes the address that mail comes from, such as"
                            + " office@example.org, but got "
                            + from);
        }
        if (read.tls == Tls.OFF && read.host.filter(MailSettings::isElsewhere).isPresent()) {
            throw new IllegalArgumentException(
                    "mail.tls = off is for a mail server on this machine (mail.host = 127.0.0.1)."
                            + " To any other, mail would go in clear: use starttls or implicit.");
        }
        return read;
    }

    public boolean isOn() {
        return host.isPresent();
    }

    private static Optional<String> given(String value) {
        return Optional.of(value).filter(it -> !it.isBlank());
    }

    private static boolean isElsewhere(String host) {
        try {
            return !InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return !host.equals("localhost");
        }
    }

    private static Optional<String> password(String given, String file) {
        if (file.isBlank()) {
            return given(given);
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file of mail.password-file cannot be read: " + file, e);
        }
    }

    /// Without the password, for whoever prints it.
    @Override
    public String toString() {
        return "MailSettings[host=" + host + ", port=" + port + ", tls=" + tls + "]";
    }
}
