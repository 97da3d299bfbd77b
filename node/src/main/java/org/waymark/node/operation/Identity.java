// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import org.waymark.node.http.BaseUrl;

/// What makes this node itself, fixed at `init` (architecture, 7 and 8).
///
/// @param baseUrl every id begins with it
/// @param accountDomain the part after the @ of its organisations' names
/// @param restoreId changes whenever a backup is restored; part of every `since` cursor
public record Identity(BaseUrl baseUrl, String accountDomain, String restoreId) {}
