// SPDX-License-Identifier: AGPL-3.0-or-later
/// Answers HTTP: a Helidon server, a bridge to Jersey, the headers and errors every answer shares.
///
/// It knows no domain, signs nobody in and renders no page.
@NullMarked
package org.waymark.node.http;

import org.jspecify.annotations.NullMarked;
