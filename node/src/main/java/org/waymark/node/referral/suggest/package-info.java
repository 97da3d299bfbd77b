// SPDX-License-Identifier: AGPL-3.0-or-later
/// Who could be asked to help, the likeliest first, and why: topic, languages, distance, places,
/// and how fast they answered us before.
///
/// It never names who has no agreement in force with us, nor whom nobody looks after (safety.md
/// 15), and it reads nothing about a person.
@NullMarked
package org.waymark.node.referral.suggest;

import org.jspecify.annotations.NullMarked;
