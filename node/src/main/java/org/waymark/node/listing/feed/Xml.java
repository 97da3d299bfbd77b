// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing.feed;

/// Elements of XML, their texts escaped; letters that XML 1.0 does not know are left out.
final class Xml {

    private final StringBuilder text =
            new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /// As it is: a tag with attributes that are already escaped.
    Xml tag(String tag) {
        text.append('<').append(tag).append(">\n");
        return this;
    }

    Xml element(String name, String words) {
        text.append('<').append(name).append('>').append(escaped(words));
        text.append("</").append(name.split(" ", 2)[0]).append(">\n");
        return this;
    }

    static String escaped(String words) {
        var escaped = new StringBuilder();
        words.codePoints()
                .forEach(
                        point -> {
                            switch (point) {
                                case '&' -> escaped.append("&amp;");
                                case '<' -> escaped.append("&lt;");
                                case '>' -> escaped.append("&gt;");
                                case '"' -> escaped.append("&quot;");
                                default -> {
                                    if (point >= ' ' || point == '\n' || point == '\t') {
                                        escaped.appendCodePoint(point);
                                    }
                                }
                            }
                        });
        return escaped.toString()
                .replaceAll("[\uFFFE\uFFFF\uD800-\uDFFF&&[^\uD800-\uDBFF\uDC00-\uDFFF]]", "");
    }

    /// What was written since it was taken last.
    String taken() {
        var taken = text.toString();
        text.setLength(0);
        return taken;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
