// SPDX-License-Identifier: AGPL-3.0-or-later
/// Keeps personal data readable only to those who may read it, and only as long as they may: keys,
/// sealing, the audit chain, and the word for who acts and why.
///
/// It does not know what the protected data means, decides no access (that is `account`), and sends
/// nothing.
@NullMarked
package org.waymark.node.privacy;

import org.jspecify.annotations.NullMarked;
