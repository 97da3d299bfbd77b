// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.person;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/// One appointment for a calendar that others may see: a neutral title and the time, no place, no
/// organisation, no address of this site.
final class Appointment {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    // Nobody says how long it takes; calendars want an end.
    private static final Duration USUAL = Duration.ofHours(1);

    private Appointment() {}

    static String calendar(Instant at, String title, Instant now) {
        var id =
                UUID.nameUUIDFromBytes(
                        ("appointment " + at.toEpochMilli()).getBytes(StandardCharsets.US_ASCII));
        return String.join(
                "\r\n",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//calendar//EN",
                "BEGIN:VEVENT",
                "UID:" + id,
                "DTSTAMP:" + UTC.format(now),
                "DTSTART:" + UTC.format(at),
                "DTEND:" + UTC.format(at.plus(USUAL)),
                "SUMMARY:" + title.replaceAll("([,;\\\\])", "\\\\$1"),
                "CLASS:PRIVATE",
                "END:VEVENT",
                "END:VCALENDAR",
                "");
    }
}
