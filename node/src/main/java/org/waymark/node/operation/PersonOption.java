// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import picocli.CommandLine.Option;

/// `--email`: whom an `account` command is about.
final class PersonOption {

    @Option(
            names = "--email",
            required = true,
            paramLabel = "EMAIL",
            description = "The address the person signs in with.")
    private String email = "";

    String email() {
        return email;
    }
}
