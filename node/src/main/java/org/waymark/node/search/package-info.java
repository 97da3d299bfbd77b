// SPDX-License-Identifier: AGPL-3.0-or-later
/// Finds texts by words as people type them: with typos, without accents, in any language and
/// script, in milliseconds and little memory.
///
/// It knows no domain, decides nothing about who may see what (only what may be found is handed to
/// it), and neither logs nor keeps what was searched. Its files are a cache: deleting them costs a
/// rebuild and nothing else.
@NullMarked
package org.waymark.node.search;

import org.jspecify.annotations.NullMarked;
