// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.waymark.node.privacy.OrganizationId;

/// Makes aggregates in the shape of HSDS 3.1 from the rows of a 1.1 package, the same from the same
/// rows every time.
final class PackageAssembler {

    private final PackageContents contents;
    private final OrganizationId publisher;
    private final HsdsImport.Options options;
    private final Optional<Integer> sourceYear;
    private final RowNotes notes;
    private final PackageSchedules schedules;
    private final PackageLines lines;

    PackageAssembler(
            PackageContents contents,
            HsdsImport.Options options,
            Optional<Integer> sourceYear,
            ImportReport report) {
        this.contents = contents;
        this.publisher = options.publisher();
        this.options = options;
        this.sourceYear = sourceYear;
        this.notes = new RowNotes(report);
        this.schedules = new PackageSchedules(contents, options.zone(), notes);
        this.lines =
                new PackageLines(
                        contents, new LanguageNames(options.language(), options.country()), notes);
    }

    Aggregate organization(UUID id) {
        var cells = cells(PackageTable.ORGANIZATION, id);
        var json = cells.object();
        cells.move(
                json,
                "name",
                "alternate_name",
                "description",
                "tax_status",
                "tax_id",
                "legal_status",
                "logo");
        if (!json.has("description")) {
            json.put("description", "");
        }
        url(cells, "url", json, "website");
        email(cells, json);
        notes.integer(cells, "year_incorporated", json);
        lines.addPhones(id, json);
        fundings(id, json);
        contacts(id, json);
        return aggregate(Aggregate.Type.ORGANIZATION, cells, json);
    }

    /// An organisation that the package names but does not have.
    Aggregate placeholder(UUID id, PackageContents.Placeholder placeholder) {
        var location =
                NameUuid.of(
                        publisher.value(), PackageTable.LOCATION.key(), placeholder.foreignId());
        var name =
                contents.row(PackageTable.LOCATION, location)
                        .or(() -> contents.row(PackageTable.SERVICE, placeholder.firstService()))
                        .flatMap(row -> Document.text(row, "name"))
                        .orElse(placeholder.foreignId());
        return new Aggregate(
                id,
                Aggregate.Type.ORGANIZATION,
                publisher,
                Document.object()
                        .put("id", id.toString())
                        .put("name", name)
                        .put("description", "")
                        .put("placeholder", true));
    }

    Aggregate program(UUID id) {
        var cells = cells(PackageTable.PROGRAM, id);
        var json = cells.object();
        cells.move(json, "name", "alternate_name");
        json.put("description", cells.take("description").orElse(""));
        return aggregate(Aggregate.Type.PROGRAM, cells, json);
    }

    Aggregate term(UUID id) {
        var cells = cells(PackageTable.TAXONOMY, id);
        var json = cells.object();
        cells.move(json, "name");
        json.put("description", json.path("name").asText());
        cells.take("vocabulary").ifPresent(text -> json.put("taxonomy", text));
        return aggregate(Aggregate.Type.TERM, cells, json);
    }

    Aggregate contact(UUID id) {
        var cells = cells(PackageTable.CONTACT, id);
        var json = cells.object();
        cells.move(json, "title", "department");
        var held = Document.object();
        var isPerson = contents.isAPerson(id);
        cells.take("name")
                .ifPresent(
                        name -> {
                            held.put("name", name);
                            notes.note(Problem.PERSONAL_NAME, cells);
                        });
        cells.take("email")
                .ifPresent(
                        mail -> {
                            held.put("email", mail);
                            notes.note(Problem.PERSONAL_MAIL, cells);
                        });
        lines.addPhones(id, json);
        if (isPerson && json.has("phones")) {
            held.set("phones", json.remove("phones"));
            notes.note(Problem.PERSONAL_NUMBER, cells);
        }
        var rest = cells.rest();
        if (isPerson) {
            // Whatever else stands with a person's name is that person's.
            if (rest.has("phone_number")) {
                notes.note(Problem.PERSONAL_NUMBER, cells);
            }
            notes.noteUnknown(cells.table(), rest);
            rest.properties().forEach(it -> held.set(it.getKey(), it.getValue()));
            rest.removeAll();
        }
        if (!held.isEmpty()) {
            json.set("held", held);
        }
        return aggregate(Aggregate.Type.CONTACT, cells, json);
    }

    Aggregate location(UUID id) {
        var cells = cells(PackageTable.LOCATION, id);
        var json = cells.object();
        json.put("location_type", "physical");
        cells.move(json, "name", "alternate_name", "description", "transportation");
        coordinates(cells, json);
        var addresses = new ArrayList<ObjectNode>();
        for (var table : List.of(PackageTable.PHYSICAL_ADDRESS, PackageTable.POSTAL_ADDRESS)) {
            contents.belongings(id, table).forEach(row -> addresses.add(address(row)));
        }
        Document.setUnlessEmpty(json, "addresses", addresses);
        Document.setUnlessEmpty(
                json,
                "accessibility",
                each(
                        id,
                        PackageTable.ACCESSIBILITY,
                        (it, target) -> {
                            it.take("accessibility")
                                    .ifPresent(text -> target.put("description", text));
                            it.move(target, "details");
                        }));
        lines.addPhones(id, json);
        lines.addLanguages(id, json);
        schedules.addTo(id, json);
        return aggregate(Aggregate.Type.LOCATION, cells, json);
    }

    Aggregate service(UUID id) {
        var cells = cells(PackageTable.SERVICE, id);
        var json = cells.object();
        cells.move(
                json,
                "organization_id",
                "program_id",
                "name",
                "alternate_name",
                "description",
                "interpretation_services",
                "application_process",
                "wait_time",
                "accreditations",
                "licenses");
        if (!json.has("organization_id")) {
            json.put("organization_id", publisher.toString());
        }
        cells.take("fees").ifPresent(text -> json.put("fees_description", text));
        json.put("status", status(cells.take("status").orElse("")));
        json.put(
                "access",
                Projection.word(AccessWords.access(json.path("application_process").asText())));
        json.put("base_language", options.language());
        json.put("zone", options.zone().getId());
        sourceYear.ifPresent(year -> json.put("source_year", year));
        url(cells, "url", json, "url");
        email(cells, json);
        lines.addPhones(id, json);
        lines.addLanguages(id, json);
        schedules.addTo(id, json);
        fundings(id, json);
        contacts(id, json);
        eligibility(id, json);
        Document.setUnlessEmpty(
                json,
                "service_areas",
                each(
                        id,
                        PackageTable.SERVICE_AREA,
                        (it, target) -> {
                            it.take("service_area").ifPresent(text -> target.put("name", text));
                            it.move(target, "description");
                        }));
        Document.setUnlessEmpty(
                json,
                "required_documents",
                each(
                        id,
                        PackageTable.REQUIRED_DOCUMENT,
                        (it, target) -> it.move(target, "document")));
        Document.setUnlessEmpty(
                json,
                "cost_options",
                each(
                        id,
                        PackageTable.PAYMENT_ACCEPTED,
                        (it, target) ->
                                it.take("payment").ifPresent(text -> target.put("option", text))));
        Document.setUnlessEmpty(json, "service_at_locations", places(id));
        attributes(id, json);
        return aggregate(Aggregate.Type.SERVICE, cells, json);
    }

    private List<ObjectNode> places(UUID service) {
        var places = new ArrayList<ObjectNode>();
        for (var row : contents.belongings(service, PackageTable.SERVICE_AT_LOCATION)) {
            var cells = new Cells(row);
            var at = cells.object();
            cells.move(at, "location_id", "description");
            lines.addPhones(cells.id(), at);
            schedules.addTo(cells.id(), at);
            contacts(cells.id(), at);
            notes.keepRest(cells, at);
            places.add(at);
        }
        return places;
    }

    private void attributes(UUID service, ObjectNode json) {
        var attributes = new ArrayList<ObjectNode>();
        for (var row : contents.belongings(service, PackageTable.SERVICE_TAXONOMY)) {
            var cells = new Cells(row);
            var attribute = cells.object();
            attribute.put("link_id", service.toString()).put("link_entity", "service");
            cells.take("taxonomy_id").ifPresent(term -> attribute.put("taxonomy_term_id", term));
            cells.take("taxonomy_detail").ifPresent(text -> attribute.put("value", text));
            notes.keepRest(cells, attribute);
            attributes.add(attribute);
        }
        contents.topics(service)
                .forEach(topic -> attributes.add(TopicTaxonomy.attribute(service, topic)));
        Document.setUnlessEmpty(json, "attributes", attributes);
    }

    private void eligibility(UUID service, ObjectNode json) {
        var texts = new ArrayList<String>();
        for (var row : contents.belongings(service, PackageTable.ELIGIBILITY)) {
            var cells = new Cells(row);
            cells.take("eligibility").ifPresent(texts::add);
            notes.noteUnknown(cells.table(), cells.rest());
        }
        if (!texts.isEmpty()) {
            json.put("eligibility_description", String.join("\n", texts));
        }
    }

    private void contacts(UUID owner, ObjectNode json) {
        var stubs =
                contents.belongings(owner, PackageTable.CONTACT).stream()
                        .map(row -> new Cells(row).object())
                        .toList();
        Document.setUnlessEmpty(json, "contacts", stubs);
    }

    private void fundings(UUID owner, ObjectNode json) {
        Document.setUnlessEmpty(
                json,
                "funding",
                each(owner, PackageTable.FUNDING, (it, target) -> it.move(target, "source")));
    }

    private ObjectNode address(ObjectNode row) {
        var cells = new Cells(row);
        var address = cells.object();
        address.put(
                "address_type",
                cells.table() == PackageTable.POSTAL_ADDRESS ? "postal" : "physical");
        cells.take("attention")
                .ifPresent(
                        name -> {
                            address.withObject("/held").put("attention", name);
                            notes.note(Problem.PERSONAL_NAME, cells);
                        });
        cells.move(
                address,
                "address_1",
                "address_2",
                "city",
                "region",
                "state_province",
                "postal_code",
                "country");
        if (!address.has("country") && options.country().isPresent()) {
            address.put("country", options.country().get());
            notes.note(Problem.COUNTRY_MISSING, cells);
        }
        if (!address.has("address_1")
                || !address.has("city")
                || !address.has("state_province")
                || !address.has("postal_code")) {
            notes.note(Problem.ADDRESS_INCOMPLETE, cells);
        }
        notes.keepRest(cells, address);
        return address;
    }

    private void coordinates(Cells cells, ObjectNode json) {
        var latitude = cells.take("latitude");
        var longitude = cells.take("longitude");
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return;
        }
        try {
            var north = Double.parseDouble(latitude.orElse(""));
            var east = Double.parseDouble(longitude.orElse(""));
            if (Math.abs(north) <= 90 && Math.abs(east) <= 180 && (north != 0 || east != 0)) {
                json.put("latitude", north).put("longitude", east);
                return;
            }
        } catch (NumberFormatException e) {
            // Reported below, like any other place that does not exist.
        }
        notes.note(Problem.COORDINATE_UNUSABLE, cells);
    }

    private void url(Cells cells, String column, ObjectNode json, String member) {
        cells.take(column)
                .ifPresent(
                        text -> {
                            var url = text;
                            if (!url.matches("(?i)https?://.*")) {
                                url = "https://" + url.replaceFirst("(?i)^https?:/*", "");
                                notes.note(Problem.URL_WITHOUT_SCHEME, cells, text);
                            }
                            if (isUsable(url)) {
                                json.put(member, url);
                            } else {
                                json.withObject("/held").put(member, text);
                                notes.note(Problem.URL_UNUSABLE, cells, text);
                            }
                        });
    }

    private static boolean isUsable(String url) {
        try {
            var host = URI.create(url).getHost();
            return host != null && host.contains(".");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void email(Cells cells, ObjectNode json) {
        cells.take("email")
                .ifPresent(
                        mail -> {
                            if (mail.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
                                    && Personal.isRoleMail(mail)) {
                                json.put("email", mail);
                            } else {
                                json.withObject("/held").put("email", mail);
                                notes.note(Problem.PERSONAL_MAIL, cells);
                            }
                        });
    }

    private static String status(String words) {
        return switch (words.toLowerCase(Locale.ROOT)) {
            case "inactive" -> "inactive";
            case "defunct" -> "defunct";
            case "temporarily closed" -> "temporarily closed";
            default -> "active";
        };
    }

    private interface Filling {
        void fill(Cells cells, ObjectNode target);
    }

    private List<ObjectNode> each(UUID owner, PackageTable table, Filling filling) {
        var objects = new ArrayList<ObjectNode>();
        for (var row : contents.belongings(owner, table)) {
            var cells = new Cells(row);
            var target = cells.object();
            filling.fill(cells, target);
            notes.keepRest(cells, target);
            objects.add(target);
        }
        return objects;
    }

    private Cells cells(PackageTable table, UUID id) {
        return new Cells(contents.row(table, id).orElseThrow());
    }

    private Aggregate aggregate(Aggregate.Type type, Cells cells, ObjectNode json) {
        notes.keepRest(cells, json);
        return new Aggregate(cells.id(), type, publisher, json);
    }
}
