// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.work;

/// One thing to do.
///
/// @param kind which handler does it
/// @param key what it is about; one job per kind and key
/// @param payload what the handler wants to remember, without personal data
/// @param attempts how often it failed in a row before
public record Job(String kind, String key, String payload, int attempts) {}
