// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.extension;

import java.time.Clock;
import org.waymark.node.http.BaseUrl;

/// The public objects of a running node: what the staff pages and the commands work with.
public record Domains(BaseUrl baseUrl, Clock clock) {}
