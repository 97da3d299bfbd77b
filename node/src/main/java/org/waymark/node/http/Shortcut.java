// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Answers what comes in great numbers before Jersey looks for who could. It does the same as the
/// resource of that address, in the usual case; all others it leaves to the resource.
public interface Shortcut {

    /// Who answers what is posted there, without a body or with a [Problem]; empty for Jersey.
    Optional<Function<Posted, Response>> at(RawTarget target);

    /// @param headers by name as it was written
    /// @param length of the body, negative when the sender does not say
    record Posted(
            RawTarget target, Map<String, List<String>> headers, InputStream body, int length) {}
}
