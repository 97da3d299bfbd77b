// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A form with a file in it (RFC 7578), as browsers send it. Never fails: what cannot be read is
/// not there.
///
/// @param fields the first value of each field
/// @param file the first file with something in it
public record MultipartForm(Map<String, String> fields, Optional<FormFile> file) {

    /// A file that somebody chose.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record FormFile(String name, byte[] content) {}

    private static final int MOST_PARTS = 100;
    static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");

    /// @param boundary the parameter of the media type
    public static MultipartForm parse(byte[] body, String boundary) {
        // One character per byte, so that positions are the same.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var mark = "--" + boundary;
        var fields = new LinkedHashMap<String, String>();
        Optional<FormFile> file = Optional.empty();
        int at = text.indexOf(mark);
        for (int part = 0; at >= 0 && part < MOST_PARTS && !boundary.isEmpty(); part++) {
            int start = at + mark.length();
            int end = text.indexOf("\r\n" + mark, start);
            int headersEnd = text.indexOf("\r\n\r\n", start);
            if (end < 0 || headersEnd < 0 || headersEnd > end) {
                break;
            }
            var headers = utf8(text.substring(start, headersEnd));
            var content = headersEnd + 4 <= end ? text.substring(headersEnd + 4, end) : "";
            var name = first(NAME, headers);
            var fileName = first(FILE_NAME, headers);
            if (fileName.isPresent()) {
                if (file.isEmpty() && !content.isEmpty()) {
                    file =
                            Optional.of(
                                    new FormFile(
                                            fileName.get().replaceFirst(".*[/\\\\]", ""),
                                            content.getBytes(StandardCharsets.ISO_8859_1)));
                }
            } else {
                name.ifPresent(it -> fields.putIfAbsent(it, utf8(content)));
            }
            at = end + 2;
        }
        return new MultipartForm(Map.copyOf(fields), file);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static Optional<String> first(Pattern pattern, String headers) {
        var matcher = pattern.matcher(headers);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
