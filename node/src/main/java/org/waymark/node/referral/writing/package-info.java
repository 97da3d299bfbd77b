// SPDX-License-Identifier: AGPL-3.0-or-later
/// What makes writing requests short: whom one often asks together, words one often uses, and in
/// which order a spreadsheet's columns come.
///
/// Nothing here is about a person: words are screened before they are kept, and what is pasted is
/// read and forgotten.
@NullMarked
package org.waymark.node.referral.writing;

import org.jspecify.annotations.NullMarked;
