// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Makes phones and languages from the rows of a 1.1 package; mobiles are held back.
final class PackageLines {

    static final Pattern EXTENSION =
            Pattern.compile(
                    "(.*\\d)\\s*,?\\s*(?:x|ext\\.?|extension)\\s*(\\d{1,9})\\b\\s*(.*)",
                    Pattern.CASE_INSENSITIVE);

    private final PackageContents contents;
    private final LanguageNames languageNames;
    private final RowNotes notes;

    PackageLines(PackageContents contents, LanguageNames languageNames, RowNotes notes) {
        this.contents = contents;
        this.languageNames = languageNames;
        this.notes = notes;
    }

    void addPhones(UUID owner, ObjectNode json) {
        var shown = new ArrayList<ObjectNode>();
        var mobiles = new ArrayList<ObjectNode>();
        for (var row : contents.belongings(owner, PackageTable.PHONE)) {
            var cells = new Cells(row);
            var phone = phone(cells);
            notes.keepRest(cells, phone);
            if (Personal.isMobile(
                    phone.path("type").asText(), phone.path("description").asText())) {
                mobiles.add(phone);
                notes.note(Problem.MOBILE, cells);
            } else {
                shown.add(phone);
            }
        }
        Document.setUnlessEmpty(json, "phones", shown);
        if (!mobiles.isEmpty()) {
            json.withObject("/held").set("phones", Document.array(mobiles));
        }
    }

    private ObjectNode phone(Cells cells) {
        var phone = cells.object();
        var number = cells.take("number").orElse("");
        var extension = EXTENSION.matcher(number);
        if (extension.matches()) {
            notes.note(Problem.EXTENSION_IN_NUMBER, cells);
            number = extension.group(1).strip();
            phone.put("extension", Integer.parseInt(extension.group(2)));
            Document.setUnlessBlank(phone, "description", extension.group(3));
        }
        phone.put("number", number);
        cells.move(phone, "type", "description", "department");
        notes.integer(cells, "extension", phone);
        cells.take("language")
                .ifPresent(
                        words ->
                                phone.set(
                                        "languages",
                                        Document.array(languageObjects(cells, words))));
        return phone;
    }

    void addLanguages(UUID owner, ObjectNode json) {
        var all = new ArrayList<ObjectNode>();
        for (var row : contents.belongings(owner, PackageTable.LANGUAGE)) {
            var cells = new Cells(row);
            var some = languageObjects(cells, cells.take("language").orElse(""));
            some.forEach(language -> notes.keepRest(cells, language));
            all.addAll(some);
        }
        Document.setUnlessEmpty(json, "languages", all);
    }

    private List<ObjectNode> languageObjects(Cells cells, String words) {
        var tag = languageNames.tag(words);
        var apart = tag.isPresent() ? List.<String>of() : languageNames.apart(words);
        if (!apart.isEmpty()) {
            notes.note(Problem.SEVERAL_LANGUAGES, cells, words);
            return apart.stream()
                    .map(
                            name ->
                                    language(
                                            NameUuid.of(cells.id(), name),
                                            languageNames.tag(name),
                                            name))
                    .toList();
        }
        if (tag.isEmpty()) {
            notes.note(Problem.LANGUAGE_NOT_UNDERSTOOD, cells, words);
        }
        return List.of(language(NameUuid.of(cells.id(), "language"), tag, words));
    }

    private static ObjectNode language(UUID id, Optional<String> tag, String words) {
        var json = Document.object().put("id", id.toString()).put("name", words);
        tag.ifPresent(it -> json.put("code", it));
        return json;
    }
}
