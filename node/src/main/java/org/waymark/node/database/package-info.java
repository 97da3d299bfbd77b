// SPDX-License-Identifier: AGPL-3.0-or-later
/// Keeps a node's rows: opens the database, brings its tables up to date, runs transactions.
///
/// It knows no domain: tables and their SQL live in the `…Table` classes of the domains. It does
/// not retry, cache or map objects.
@NullMarked
package org.waymark.node.database;

import org.jspecify.annotations.NullMarked;
