// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.referral.writing;

import java.util.UUID;

/// Words for a reason that fit many people, and name none.
public record ReasonTemplate(UUID id, String words) {}
