// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import gg.jte.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The style sheets, and the other files of pages: what every page needs stands in the page itself,
/// so that it paints with the first response; print and the pieces only staff see are files that
/// are fetched once. Immutable.
public final class Styles {

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern AROUND = Pattern.compile("\\s*([{};,>])\\s*");
    private static final Pattern AFTER_COLON = Pattern.compile(":\\s+");

    private final Asset page = css("page.css");
    private final Asset print = css("print.css");
    private final Asset staff = css("staff.css");
    private final Asset map = css("map.css");
    private final Asset mark = Asset.of("mark.svg", "image/svg+xml", read("/styles/mark.svg"));
    private final Asset near =
            Asset.of("near.js", "text/javascript;charset=utf-8", read("/scripts/near.js"));

    /// What goes into `<style>`.
    public Content inline() {
        return output -> output.writeBinaryContent(page.content());
    }

    /// What `style-src` must name so that exactly this style sheet may stand inline: `sha256-…`.
    public String inlineHash() {
        return page.inlineHash();
    }

    /// Fetched with `media="print"`, so nobody waits for it.
    public String print() {
        return print.path();
    }

    /// Timelines, tables, tabs and whatever else only dense pages use.
    public String staff() {
        return staff.path();
    }

    /// The sketch of a map.
    public String map() {
        return map.path();
    }

    /// The picture beside the title in the browser's tab.
    public String mark() {
        return mark.path();
    }

    /// The script that finds the nearest place; a page without it works, too.
    public String near() {
        return near.path();
    }

    Optional<Asset> find(String version, String name) {
        return List.of(print, staff, map, mark, near).stream()
                .filter(asset -> asset.name().equals(name) && asset.version().equals(version))
                .findFirst();
    }

    private static Asset css(String name) {
        var text = new String(read("/styles/" + name), StandardCharsets.UTF_8);
        var small = AROUND.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("$1");
        small = AFTER_COLON.matcher(small).replaceAll(":").replace(";}", "}").strip();
        return Asset.of(name, "text/css;charset=utf-8", small.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(String name) {
        try (var file = Objects.requireNonNull(Styles.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
