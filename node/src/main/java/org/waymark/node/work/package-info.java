// SPDX-License-Identifier: AGPL-3.0-or-later
/// Does later what must not be lost: jobs as rows, claimed with a lease, repeated until done.
///
/// It knows no domain and keeps no queue in memory. It does not give up: a handler decides when a
/// job is done.
@NullMarked
package org.waymark.node.work;

import org.jspecify.annotations.NullMarked;
