// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Opens a page in a reader's language and renders its template. Thread-safe.
public final class Pages {

    /// How long anyone on the way may keep an answer.
    public enum Keep {
        /// Public and the same for everybody: a minute without asking, then by its tag.
        SHARED("public, max-age=60"),
        /// Never written down anywhere: what somebody typed, staff pages, anything with a token in
        /// it.
        NOWHERE("no-store");

        private final String cacheControl;

        Keep(String cacheControl) {
            this.cacheControl = cacheControl;
        }

        /// The value of `Cache-Control`.
        public String header() {
            return cacheControl;
        }
    }

    private final Supplier<Imprint> imprint;
    private final Languages languages;
    private final Styles styles;
    private final Map<Language, Messages> messages;
    // By language tag and country; building one costs more than rendering a page.
    private final Map<String, Formats> formats = new ConcurrentHashMap<>();
    private final TemplateEngine templates;

    /// Pages of the node itself.
    ///
    /// @param imprint asked for every page, because staff may rename an organisation while the node
    ///   serves
    public Pages(Supplier<Imprint> imprint, Languages languages, Styles styles) {
        this(
                imprint,
                languages,
                styles,
                Messages.load(languages.list()).stream()
                        .collect(Collectors.toUnmodifiableMap(Messages::language, it -> it)),
                "org.waymark.node.templates");
    }

    private Pages(
            Supplier<Imprint> imprint,
            Languages languages,
            Styles styles,
            Map<Language, Messages> messages,
            String templatePackage) {
        this.imprint = imprint;
        this.languages = languages;
        this.styles = styles;
        this.messages = messages;
        this.templates =
                TemplateEngine.createPrecompiled(
                        null, ContentType.Html, Pages.class.getClassLoader(), templatePackage);
    }

    /// The same site with the templates that another module generated into `templatePackage`.
    public Pages withTemplates(String templatePackage) {
        return new Pages(imprint, languages, styles, messages, templatePackage);
    }

    public Languages languages() {
        return languages;
    }

    /// A page in the language its address names.
    ///
    /// @param path see [Page]
    /// @throws NotFoundException if the site does not offer the language
    public Page open(String languageTag, String path) {
        return open(languages.find(languageTag).orElseThrow(NotFoundException::new), path);
    }

    public Page open(Language language, String path) {
        var around = imprint.get();
        return new Page(
                around,
                language,
                messages.get(language) instanceof Messages known ? known : Messages.load(language),
                formats.computeIfAbsent(
                        language.tag() + " " + around.country(),
                        _ -> new Formats(language.locale(), around.country())),
                languages.list(),
                styles,
                path,
                true,
                false,
                false,
                false);
    }

    /// Renders a template, which gets `page` and the parameters by name.
    public byte[] render(Page page, String template, Map<String, Object> parameters) {
        var all = new HashMap<>(parameters);
        all.put("page", page);
        var output = new Utf8ByteOutput();
        templates.render(template + ".jte", all, output);
        return output.toByteArray();
    }

    public Response show(Keep keep, Page page, String template, Map<String, Object> parameters) {
        return show(200, keep, page, template, parameters);
    }

    public Response show(
            int status, Keep keep, Page page, String template, Map<String, Object> parameters) {
        return answer(status, keep, page, render(page, template, parameters));
    }

    /// Something that was rendered before.
    public Response answer(int status, Keep keep, Page page, byte[] body) {
        var response =
                Response.status(status)
                        .entity(body)
                        .type("text/html;charset=utf-8")
                        .header(HttpHeaders.CONTENT_LANGUAGE, page.language().tag())
                        .header(HttpHeaders.CACHE_CONTROL, keep.cacheControl);
        if (keep == Keep.SHARED) {
            response.tag(HexFormat.of().formatHex(Asset.sha256(body), 0, 12));
        }
        if (!page.indexed()) {
            response.header("X-Robots-Tag", "noindex");
        }
        return response.build();
    }
}
