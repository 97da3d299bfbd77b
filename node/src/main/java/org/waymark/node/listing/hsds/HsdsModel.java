// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.hsds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The objects of HSDS 3.1, read from `listing/hsds-3.1.txt`, or those of another profile of it. It
/// never changes.
public final class HsdsModel {

    /// The version that it is.
    public static final String VERSION = "3.1";

    private static final HsdsModel MODEL = read("/listing/hsds-3.1.txt");
    private static final HsdsModel UK = read("/listing/hsds-uk-3.0.txt");

    private final Map<String, HsdsObject> objects;

    private HsdsModel(Map<String, HsdsObject> objects) {
        this.objects = objects;
    }

    public static HsdsModel get() {
        return MODEL;
    }

    /// Open Referral UK 3.0.
    public static HsdsModel uk() {
        return UK;
    }

    /// In the order of a data package: whatever names another comes after it, as far as possible.
    public Collection<HsdsObject> objects() {
        return objects.values();
    }

    /// @throws IllegalArgumentException when HSDS has no such object
    public HsdsObject object(String name) {
        var object = objects.get(name);
        if (object == null) {
            throw new IllegalArgumentException("HSDS has no " + name);
        }
        return object;
    }

    /// The same, where it may have none.
    public Optional<HsdsObject> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    private static HsdsModel read(String resource) {
        try (var in = Objects.requireNonNull(HsdsModel.class.getResourceAsStream(resource));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var objects = new LinkedHashMap<String, HsdsObject>();
            var name = "";
            var file = "";
            var members = new ArrayList<HsdsMember>();
            for (var line : lines.lines().filter(it -> !it.startsWith("#")).toList()) {
                if (line.startsWith(" ")) {
                    members.add(HsdsMember.parse(line));
                    continue;
                }
                add(objects, name, file, members);
                var parts = line.split(" ");
                name = parts[0];
                file = parts[1];
                members.clear();
            }
            add(objects, name, file, members);
            return new HsdsModel(objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(
            Map<String, HsdsObject> objects, String name, String file, List<HsdsMember> members) {
        if (!name.isEmpty()) {
            objects.put(name, new HsdsObject(name, file, members));
        }
    }
}
