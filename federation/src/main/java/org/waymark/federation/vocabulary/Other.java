// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// A thing of a type that this vocabulary has no record for, such as an extension's own types.
public record Other(ObjectNode json) implements Thing {}
