// SPDX-License-Identifier: AGPL-3.0-or-later
/// Texts on their way between languages: files for translators (XLIFF, PO), services that translate
/// by machine, and whether a change of the original makes a translation out of date.
///
/// It stores nothing and knows no domain. Only what is written for the public comes here: nothing
/// of a referral, a case or an account, which `ArchitectureTest` holds.
@NullMarked
package org.waymark.node.translation;

import org.jspecify.annotations.NullMarked;
