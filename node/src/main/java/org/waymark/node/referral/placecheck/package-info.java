// SPDX-License-Identifier: AGPL-3.0-or-later
/// The place check: up to ten services are asked at once whether they have a place, before anybody
/// writes about a person.
///
/// It knows no person, no reason and no language, so nothing of it is sealed, and it never becomes
/// a referral by itself: a yes opens a draft that staff fill in.
@NullMarked
package org.waymark.node.referral.placecheck;

import org.jspecify.annotations.NullMarked;
