// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page as a tree of elements: enough to ask our own pages what stands where. It reads what our
/// templates write, which close what they open.
final class Html {

    private static final Pattern TAG =
            Pattern.compile("<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z:-]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");
    private static final Set<String> EMPTY =
            Set.of(
                    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                    "source", "track", "wbr", "path", "circle", "rect", "line");
    private static final Set<String> RAW = Set.of("script", "style");

    /// One element.
    static final class Element {
        final String name;
        final Map<String, String> attributes;
        final Optional<Element> parent;
        private final List<Element> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Element(String name, Map<String, String> attributes, Optional<Element> parent) {
            this.name = name;
            this.attributes = attributes;
            this.parent = parent;
        }

        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }

        boolean has(String name) {
            return attributes.containsKey(name);
        }

        /// All words in it, with single blanks.
        String text() {
            return text.toString().replaceAll("\\s+", " ").strip();
        }

        /// What stands in a field.
        String value() {
            return name.equals("textarea") ? text.toString().strip() : attribute("value");
        }

        boolean isIn(String ancestor) {
            return parent.filter(it -> it.name.equals(ancestor) || it.isIn(ancestor)).isPresent();
        }

        Stream<Element> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Element::all));
        }

        @Override
        public String toString() {
            return "<" + name + " " + attributes + ">";
        }
    }

    private final Element root;

    private Html(Element root) {
        this.root = root;
    }

    static Html of(String page) {
        var root = new Element("", Map.of(), Optional.empty());
        var at = root;
        var from = 0;
        var tags = TAG.matcher(page);
        while (tags.find(from)) {
            add(at, page.substring(from, tags.start()));
            from = tags.end();
            if (tags.group(2) == null) {
                continue;
            }
            var name = tags.group(2).toLowerCase(java.util.Locale.ROOT);
            if (tags.group(1).equals("/")) {
                at = closed(at, name);
                continue;
            }
            var made = new Element(name, attributes(tags.group(3)), Optional.of(at));
            at.children.add(made);
            if (!EMPTY.contains(name) && !tags.group(3).endsWith("/")) {
                at = made;
            }
            if (RAW.contains(name)) {
                var end = page.indexOf("</" + name, from);
                from = end < 0 ? page.length() : end;
            }
        }
        return new Html(root);
    }

    private static Element closed(Element at, String name) {
        Optional<Element> open = Optional.of(at);
        while (open.isPresent() && !open.get().name.equals(name)) {
            open = open.get().parent;
        }
        return open.flatMap(it -> it.parent).orElse(at);
    }

    private static void add(Element at, String text) {
        var words = plain(text);
        for (Optional<Element> it = Optional.of(at); it.isPresent(); it = it.get().parent) {
            it.get().text.append(words);
        }
    }

    private static Map<String, String> attributes(String text) {
        var all = new HashMap<String, String>();
        ATTRIBUTE
                .matcher(text)
                .results()
                .forEach(
                        it ->
                                all.put(
                                        it.group(1),
                                        plain(
                                                Stream.of(it.group(2), it.group(3), it.group(4))
                                                        .filter(one -> one != null)
                                                        .findFirst()
                                                        .orElse(""))));
        return all;
    }

    private static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    Stream<Element> all() {
        return root.all().skip(1);
    }

    List<Element> list(String name, Predicate<Element> which) {
        return all().filter(it -> it.name.equals(name)).filter(which).toList();
    }

    List<Element> list(String name) {
        return list(name, _ -> true);
    }

    Optional<Element> find(String id) {
        return all().filter(it -> it.attribute("id").equals(id)).findFirst();
    }

    Element get(String id) {
        return find(id).orElseThrow(() -> new AssertionError("Nothing has the id " + id));
    }

    String text() {
        return root.text();
    }
}
