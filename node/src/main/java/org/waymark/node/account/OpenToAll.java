// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.account;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A staff page that needs no sign-in, such as the sign-in itself. Everything else under `/admin/`
/// is closed by [StaffGate].
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OpenToAll {}
