// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/// The organisation that runs a service. It may never have heard of us: the publisher is another
/// thing.
public record Provider(UUID id, String name, Text description, Optional<URI> website) {}
