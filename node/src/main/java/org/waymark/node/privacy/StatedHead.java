// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.time.Instant;

/// What this node says of the end of its audit, so that somebody else may keep it. It tells neither
/// what was done nor how often.
///
/// @param number how many times it was said to the same keeper
/// @param digest of the last link; a later link does not lead back to it
/// @param at whole seconds
/// @param mark by which this node knows its own words again
public record StatedHead(long number, String digest, Instant at, String mark) {}
