// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.discovery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/// What a server says of itself to statistics and to people (NodeInfo 2.1). Nobody should act on
/// it: capabilities stand in the actor document.
///
/// @param softwareName lower case letters, digits and hyphens
/// @param openRegistrations whether strangers may open accounts
/// @param users how many accounts there are
/// @param localPosts how many public objects there are
public record NodeInfo(
        String softwareName,
        String softwareVersion,
        URI repository,
        URI homepage,
        boolean openRegistrations,
        long users,
        long localPosts,
        String nodeName) {

    /// The schema of version 2.1, as links and media types name it.
    public static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.1";

    /// The media type to serve [#json] as.
    public static final String MEDIA_TYPE = "application/json; profile=\"" + SCHEMA + "#\"";

    /// The document at `/.well-known/nodeinfo`, naming where the other one is.
    public static ObjectNode wellKnown(URI document) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("links").addObject().put("rel", SCHEMA).put("href", document.toString());
        return json;
    }

    /// The document to serve.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", "2.1");
        json.putObject("software")
                .put("name", softwareName)
                .put("version", softwareVersion)
                .put("repository", repository.toString())
                .put("homepage", homepage.toString());
        json.putArray("protocols").add("activitypub");
        var services = json.putObject("services");
        services.putArray("inbound");
        services.putArray("outbound");
        json.put("openRegistrations", openRegistrations);
        var usage = json.putObject("usage");
        usage.putObject("users").put("total", users);
        usage.put("localPosts", localPosts);
        json.putObject("metadata").put("nodeName", nodeName);
        return json;
    }
}
