// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.packaging.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/// How somebody comes to the site.
///
/// @param language what the browser asks for
/// @param width of the window in CSS pixels
/// @param dark prefers dark colours
/// @param scripts JavaScript is on
record Visitor(String language, int width, boolean dark, boolean scripts) {

    static final int PHONE = 360;
    static final int DESKTOP = 1280;

    /// On a phone, in daylight, with JavaScript off: the least we promise to serve.
    static Visitor reading(String language) {
        return new Visitor(language, PHONE, false, false);
    }

    Visitor wide() {
        return new Visitor(language, DESKTOP, dark, scripts);
    }

    Visitor inTheDark() {
        return new Visitor(language, width, true, scripts);
    }

    Visitor withScripts() {
        return new Visitor(language, width, dark, true);
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setViewportSize(width, width == PHONE ? 740 : 900)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setJavaScriptEnabled(scripts);
    }

    /// For file names.
    @Override
    public String toString() {
        return language + "-" + width + (dark ? "-dark" : "-light");
    }
}
