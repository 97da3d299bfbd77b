// SPDX-License-Identifier: AGPL-3.0-or-later
/// The person concerned as a party: asking for help oneself, the help code, the page behind it, and
/// what staff and the person say to each other.
///
/// It owns no states and no moves: those are `referral`'s. It has no accounts and knows nobody by
/// name; what a visitor types lies sealed under a secret in their own cookie, and ends with quick
/// exit or by itself. No address of the network is ever stored.
@NullMarked
package org.waymark.node.person;

import org.jspecify.annotations.NullMarked;
