// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.peer;

import java.util.UUID;

/// Names an agreement inside this node.
public record AgreementId(UUID value) {}
