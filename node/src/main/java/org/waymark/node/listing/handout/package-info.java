// SPDX-License-Identifier: AGPL-3.0-or-later
/// The hand-out: up to five places on one page for paper, in the reader's language, with a code
/// that leads back to it.
///
/// It keeps nothing about who made one or what stands on it: the ids are in the address, and what
/// is stored is how many were made in a month.
@NullMarked
package org.waymark.node.listing.handout;

import org.jspecify.annotations.NullMarked;
