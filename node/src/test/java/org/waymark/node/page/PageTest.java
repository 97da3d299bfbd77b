// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.Content;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final Imprint SITE =
            new Imprint(
                    "Lindmar Welcome",
                    "XL",
                    Contact.none(),
                    Optional.of("+44 1632 960 150"),
                    Optional.empty(),
                    Optional.of("01632 960 112"),
                    true,
                    Optional.empty());
    private final Pages pages = new Pages(() -> SITE, Languages.shipped(), new Styles());

    @Test
    void aPageSaysItsLanguageAndItsDirection() {
        assertThat(frame("en")).contains("<html lang=\"en\" dir=\"ltr\">");
        assertThat(frame("ar")).contains("<html lang=\"ar\" dir=\"rtl\">");
    }

    private String frame(String language) {
        var page = pages.open(language, "now");
        Content content = output -> output.writeContent("<h1>Here</h1>");
        return new String(
                pages.render(page, "page/frame", Map.of("title", "Here", "content", content)),
                StandardCharsets.UTF_8);
    }
}
